"""A graph of a dashboard as SVG, and its legend."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from local.watch.definitions import Line, Widget
from local.watch.metrics import MINUTE_S, Metrics

WIDE, HIGH, TOP = 300, 80, 6
EDGE = 2  # half of a line, so that none is cut off
COLOURS = 8  # classes c0 to c7 of the page's style


@dataclass(frozen=True, slots=True)
class Curve:
    """Values of one metric, oldest first; None where nothing was measured."""

    label: str
    points: tuple[float | None, ...]

    @property
    def last(self) -> float | None:
        return next((it for it in reversed(self.points) if it is not None), None)


def curves(widget: Widget, metrics: Metrics, now_s: float, hours: int) -> Sequence[Curve]:
    """Everything that the graph shows of the last hours."""
    return [curve for line in widget.lines for curve in _curves_of(line, metrics, now_s, hours)]


def _curves_of(line: Line, metrics: Metrics, now_s: float, hours: int) -> Sequence[Curve]:
    period_s = max(line.period_s, MINUTE_S)
    end_s = int(now_s // period_s + 1) * period_s
    begins = range(end_s - hours * 3600, end_s, period_s)
    if line.search:
        namespace, name, by = line.search
        named = [(key, " ".join(value for _, value in key.dimensions)) for key in metrics.of_name(namespace, name, by)]
    else:
        named = [(line.metric, line.label)] if line.metric else []
    return [
        Curve(label, tuple(metrics.statistic(key, line.statistic, it, it + period_s) for it in begins))
        for key, label in named
    ]


def draw(found: Sequence[Curve]) -> str:
    """The picture; every curve is named with its last value below it."""
    highest = max((it for curve in found for it in curve.points if it is not None), default=0.0)
    lines = "".join(_path(curve, number, highest) for number, curve in enumerate(found))
    legend = "".join(
        f'<li class="c{number % COLOURS}">{html.escape(curve.label)} <b>{_short(curve.last)}</b></li>'
        for number, curve in enumerate(found)
    )
    said = f'role="img" aria-label="highest {_short(highest)}"'
    picture = (
        f'<svg viewBox="0 0 {WIDE} {HIGH + TOP}" preserveAspectRatio="none" {said}>'
        f'<line class="base" x1="0" x2="{WIDE}" y1="{HIGH + TOP - 1}" y2="{HIGH + TOP - 1}"/>{lines}</svg>'
    )
    return f'<p class="top">{_short(highest)}</p>{picture}<ul class="legend">{legend or "<li>nothing yet</li>"}</ul>'


def _path(curve: Curve, number: int, highest: float) -> str:
    """Lines between neighbours, and a dot where a value stands alone."""
    step = (WIDE - 2 * EDGE) / max(1, len(curve.points) - 1)
    steps, drawing = [], False
    for at, value in enumerate(curve.points):
        if value is None:
            drawing = False
            continue
        x, y = EDGE + at * step, TOP + (HIGH - 2) * (1 - (value / highest if highest > 0 else 0.0))
        steps.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}" + ("" if drawing else "h0.01"))
        drawing = True
    return f'<path class="c{number % COLOURS}" d="{"".join(steps)}"/>' if steps else ""


def _short(value: float | None) -> str:
    if value is None:
        return "–"
    if abs(value) >= 10_000:  # noqa: PLR2004 - no room for more digits
        return f"{value / 1000:,.0f}k"
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
