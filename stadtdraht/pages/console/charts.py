"""Charts as SVG that a screen reader can tell: a sentence for the picture, and every value in a table beside it.

No script, no style attribute: what colours mean stands in styles/figures.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.language import say

WIDTH, HEIGHT, FLOOR, TOP = 400, 196, 174, 6
LABELS = 6  # below the axis, at most
STEPS = (1, 2, 5)
LINES = 4  # above the floor


@dataclass(frozen=True, slots=True)
class Point:
    """One value: its name below the axis, and in the table."""

    name: str
    value: int | None
    """None: not known, or not shown."""
    shown: str = ""
    """As the table says it, where it is not simply the number."""

    @property
    def words(self) -> str:
        return self.shown or ("–" if self.value is None else grouped(self.value))


@dataclass(frozen=True, slots=True)
class Mark:
    """A number beside the axis, or a name below it."""

    x: int
    y: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a series: one path of lines as thick as a bar, which is a fifth of as many rectangles."""

    css: str
    width: float
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a template draws."""

    title: str
    sentence: str
    """What the picture shows, for who does not see it."""
    heads: tuple[str, ...]
    """Of the table's columns behind the first."""
    rows: tuple[tuple[str, ...], ...]
    height: int = HEIGHT
    grid: str = ""
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bars, ...] = ()
    line: str = ""
    area: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    """Of several series: class and name."""
    aim: str = ""
    """A line that the bars are held against; the title says at which value."""


def bars(title: str, unit: str, *series: Sequence[Point], names: Sequence[str] = (), aim: int = 0) -> Chart:
    """One or two bars for each name; two stand beside each other. aim: a value that they are held against."""
    first, count = series[0], len(series)
    top = _top(max((aim, *(it.value or 0 for one in series for it in one))))
    left = _left(top)
    slot = (WIDTH - left) / max(len(first), 1)
    width = slot * 0.68 / count
    begin = left + slot * 0.16 + width / 2
    drawn = tuple(
        Bars(
            css,
            _r(width),
            "".join(
                f"M{_short(begin + at * slot + number * width)} {FLOOR}V{_short(_y(it.value, 0, top))}"
                for at, it in enumerate(one)
                if it.value
            ),
        )
        for number, (css, one) in enumerate(zip("ab", series, strict=False))
    )
    peak = max(first, key=lambda it: it.value or 0, default=None)
    highest = (
        say("höchster Wert {value} ({name})", value=peak.words, name=peak.name)
        if peak and peak.value
        else say("überall null")
    )
    return Chart(
        title,
        say("{title}: {words}. Alle Werte stehen in der Tabelle darunter.", title=title, words=highest),
        tuple(names) or (unit,),
        tuple((it.name, *(one[at].words for one in series)) for at, it in enumerate(first)),
        grid=_grid(0, top, left),
        marks=(*_scale(0, top, left), *_names(first, left, slot, slot / 2)),
        bars=drawn,
        keys=tuple(zip("ab", names, strict=False)) if count > 1 else (),
        aim=f"M{left} {_short(_y(aim, 0, top))}H{WIDTH}" if aim else "",
    )


def shares(title: str, names: tuple[str, str], parts: Sequence[tuple[str, int, int]]) -> Chart:
    """Of each name two parts of a whole, one upon the other; as high as each other, however many there were.

    Its numbers stand in the table of the chart beside it (`with_share`).
    """
    left, slot = _left(100), (WIDTH - _left(100)) / max(len(parts), 1)
    width, begin = slot * 0.68, left + slot / 2
    named, whole, part = [Point(name, None) for name, _, _ in parts], "", ""
    for at, (_, of, other) in enumerate(parts):
        if of + other:
            x = _short(begin + at * slot)
            whole += f"M{x} {FLOOR}V{TOP}"
            part += f"M{x} {FLOOR}V{_short(_y(round(100 * of / (of + other)), 0, 100))}" if of else ""
    every = sum(of + other for _, of, other in parts)
    said = say("noch keine Werte")
    if every:
        said = say("zusammen {share}", share=round(100 * sum(of for _, of, _ in parts) / every))
    return Chart(
        title,
        f"{title}: {said}.",
        (),
        (),
        grid=_grid(0, 100, left),
        marks=(*_scale(0, 100, left)[::4], *_names(named, left, slot, slot / 2)),
        bars=(Bars("b", _r(width), whole), Bars("a", _r(width), part)),  # the part stands before the whole
        keys=tuple(zip("ab", names, strict=True)),
    )


def with_share(chart: Chart, name: str, parts: Sequence[tuple[str, int, int]]) -> Chart:
    """The chart with the numbers of its neighbour in its table, per cent."""
    told = (f"{round(100 * of / (of + other))}" if of + other else "–" for _, of, other in parts)
    rows = ((*row, share) for row, share in zip(chart.rows, told, strict=True))
    return replace(chart, heads=(*chart.heads, name), rows=tuple(rows))


def line(title: str, unit: str, points: Sequence[Point]) -> Chart:
    """Over time, from about its smallest value up: for what is never near zero."""
    known = [(at, it.value) for at, it in enumerate(points) if it.value is not None]
    low, top = _window([value for _, value in known])
    left = _left(top)
    slot = (WIDTH - 4 - left) / max(len(points) - 1, 1)
    spots = [(_r(left + at * slot), _y(value, low, top)) for at, value in known]
    text = " ".join(f"{_short(x)},{_short(y)}" for x, y in spots)
    said = say("noch keine Werte")
    if known:
        begin, end = points[known[0][0]], points[known[-1][0]]
        said = say(
            "von {first} ({begin}) auf {last} ({end})",
            first=begin.words,
            begin=begin.name,
            last=end.words,
            end=end.name,
        )
    return Chart(
        title,
        say("{title}: {words}. Alle Werte stehen in der Tabelle darunter.", title=title, words=said),
        (unit,),
        tuple((it.name, it.words) for it in points),
        grid=_grid(low, top, left),
        marks=(*_scale(low, top, left), *_names(points, left, slot, 0)),
        line=text,
        area=f"{_short(spots[0][0])},{FLOOR} {text} {_short(spots[-1][0])},{FLOOR}" if spots else "",
    )


def lying_bars(title: str, unit: str, points: Sequence[Point]) -> Chart:
    """A share each, with its name before it and its number behind: for names that are too long below an axis."""
    name_width, longest = 120, 220
    top = max((it.value or 0 for it in points), default=0) or 1
    drawn, marks = "", []
    for at, it in enumerate(points):
        length = _r(longest * (it.value or 0) / top)
        marks.append(Mark(0, 18 + 30 * at, it.name[:18], "start"))
        marks.append(Mark(round(name_width + length + 6), 19 + 30 * at, it.words, "start"))
        drawn += f"M{name_width} {15 + 30 * at}h{_short(length)}" if it.value else ""
    said = ", ".join(f"{it.name} {it.words}" for it in points) or say("noch keine Werte")
    return Chart(
        title,
        f"{title}: {said}.",
        (unit,),
        tuple((it.name, it.words) for it in points),
        height=30 * max(len(points), 1),
        marks=tuple(marks),
        bars=(Bars("a", 16, drawn),),
    )


def heat_class(value: int, most: int) -> str:
    """How dark a cell of a table is: "" for nothing, h1 to h4."""
    return f"h{min(4, 1 + value * 4 // (most + 1))}" if value else ""


def _top(most: int) -> int:
    """The axis' end: a round number with LINES even steps below it."""
    step = _step(most / LINES)
    return step * LINES


def _step(least: float) -> int:
    size = 1
    while True:
        for it in STEPS:
            if it * size >= least:
                return it * size
        size *= 10


def _window(values: Sequence[int]) -> tuple[int, int]:
    if not values:
        return 0, LINES
    low, high = min(values), max(values)
    step = _step((high - low) / LINES)
    begin = low // step * step
    while begin + step * LINES < high:
        step = _step(step + 1)
        begin = low // step * step
    return begin, begin + step * LINES


def _grid(low: int, top: int, left: int) -> str:
    values = (low + (top - low) * at // LINES for at in range(LINES + 1))
    return "".join(f"M{left} {_short(_y(value, low, top))}H{WIDTH}" for value in values)


def _scale(low: int, top: int, left: int) -> tuple[Mark, ...]:
    values = (low + (top - low) * at // LINES for at in range(LINES + 1))
    return tuple(Mark(left - 5, round(_y(value, low, top)) + 4, grouped(value), "end") for value in values)


def _names(points: Sequence[Point], left: float, slot: float, middle: float, labels: int = LABELS) -> tuple[Mark, ...]:
    every = -(-len(points) // labels) or 1
    anchor = "middle" if middle else "start"
    return tuple(
        Mark(round(left + at * slot + middle), HEIGHT - 3, it.name, anchor if at == 0 or middle else "middle")
        for at, it in enumerate(points)
        if at % every == 0
    )


def _left(top: int) -> int:
    return 12 + 7 * len(grouped(top))


def _y(value: int | None, low: int, top: int) -> float:
    return _r(FLOOR - (FLOOR - TOP) * ((value or 0) - low) / (top - low))


def _r(value: float) -> float:
    return round(value, 1)


def _short(value: float) -> str:
    """As a path says it, in half units: 12.5, 13."""
    return f"{round(value * 2) / 2:g}"
