"""The dashboards as pages: what rings, on top of each; then the template's own graphs and states of alarms."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from local.watch.definitions import Dashboard, Widget
from local.watch.evaluating import Judged, State
from local.watch.graph import curves, draw
from local.watch.runbooks import Chapter
from local.watch.watch import Watch

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
HOURS = (1, 3, 24)
REFRESHES_EVERY_S = 10
SIGNS = {State.OK: "✓", State.ALARM: "✕", State.INSUFFICIENT_DATA: "–"}
SAYS = {State.OK: "well", State.ALARM: "rings", State.INSUFFICIENT_DATA: "nothing measured yet"}
FRAME = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<title>{title}</title>
<style>{style}</style>
<header><nav aria-label="Dashboards">{nav}</nav><p>{when}</p></header>
<main>
<h1>{title}</h1>
{body}
</main>
</html>
"""


def short_name(dashboard: Dashboard) -> str:
    """`on-call` of `stadtdraht-local-on-call`."""
    return dashboard.name.split("-", 2)[2]


def show_dashboard(watch: Watch, name: str, now_s: float, hours: int) -> str | None:
    """The page; None when there is no such dashboard."""
    found = next((it for it in watch.definitions.dashboards if short_name(it) == name), None)
    if found is None:
        return None
    judged = {it.text.logical_id: it for it in watch.judge(now_s)}
    spans = " · ".join(
        f"<b>{it} h</b>" if it == hours else f'<a href="/dashboards/{name}?hours={it}">{it} h</a>' for it in HOURS
    )
    widgets = "".join(_widget(it, watch, judged, now_s, hours) for it in found.widgets)
    body = f'{_ringing(judged.values())}<p class="spans">{spans}</p><div class="screen">{widgets}</div>'
    return _frame(watch, name, body, now_s, refresh=True)


def show_runbooks(watch: Watch, known: Mapping[str, Chapter], now_s: float) -> str:
    """Each alarm's row, by its name."""
    rows = "".join(
        f'<section id="{it.name}"><h2>{it.name} <small>{it.order}</small></h2><p>{_marked(it.meaning)}</p>'
        + (f"<p>{_marked(it.what_to_do)}</p>" if it.what_to_do else "")
        + "</section>"
        for it in known.values()
    )
    return _frame(watch, "runbooks", rows, now_s, refresh=False)


def _frame(watch: Watch, title: str, body: str, now_s: float, *, refresh: bool) -> str:
    names = sorted((short_name(it) for it in watch.definitions.dashboards), key=lambda it: (it != "on-call", it))
    pages = [*((it, f"/dashboards/{it}") for it in names), ("runbooks", "/dashboards/runbooks"), ("phones", "/")]
    nav = "".join(
        f'<a href="{to}"{" aria-current=page" if name == title else ""}>{name.replace("-", " ")}</a>'
        for name, to in pages
    )
    at, since = (datetime.fromtimestamp(it, UTC).astimezone() for it in (now_s, watch.since_s))
    return FRAME.format(
        refresh=f'<meta http-equiv="refresh" content="{REFRESHES_EVERY_S}">\n' if refresh else "",
        title=html.escape(title.replace("-", " ")),
        style=STYLE,
        nav=nav,
        when=f"{at:%H:%M:%S}; measured since {since:%d.%m. %H:%M}",
        body=body,
    )


def _ringing(judged: Iterable[Judged]) -> str:
    """What somebody would hear of now; parts of a way stand behind it."""
    rings = [it for it in judged if it.state is State.ALARM]
    heard = sorted((it for it in rings if it.text.tells), key=lambda it: (it.text.order, it.text.name))
    if not heard:
        return '<p class="calm">Nothing rings.</p>'
    parts = [it.text.name for it in rings if not it.text.tells]
    rows = "".join(
        f'<li><b class="order">{it.text.order}</b> <a href="{_chapter(it.text.name)}">{it.text.name}</a> '
        f"{html.escape(it.text.about)}</li>"
        for it in heard
    )
    because = "".join(f' <a href="{_chapter(it)}">{it}</a>' for it in parts)
    more = f"<li>red on these ways:{because}</li>" if parts else ""
    return f'<section class="rings" aria-label="Alarms that ring"><ul>{rows}{more}</ul></section>'


def _chapter(name: str) -> str:
    return f"/dashboards/runbooks#{name}"


def _widget(widget: Widget, watch: Watch, judged: Mapping[str, Judged], now_s: float, hours: int) -> str:
    place = f"grid-column:{widget.x + 1}/span {widget.width};grid-row:{widget.y + 1}/span {widget.height}"
    inside = (
        _states([judged[it] for it in widget.alarms])
        if widget.alarms
        else draw(curves(widget, watch.metrics, now_s, hours))
    )
    return f'<section style="{place}"><h2>{html.escape(widget.title)}</h2>{inside}</section>'


def _states(alarms: Sequence[Judged]) -> str:
    """Those that ring first."""
    ordered = sorted(alarms, key=lambda it: (it.state is not State.ALARM, it.text.order, it.text.name))
    chips = "".join(
        f'<li class="{it.state.lower()}"><a href="{_chapter(it.text.name)}" title="{html.escape(it.text.about)}">'
        f'<span aria-label="{SAYS[it.state]}">{SIGNS[it.state]}</span> {it.text.name}</a></li>'
        for it in ordered
    )
    return f'<ul class="states">{chips}</ul>'


def _marked(text: str) -> str:
    """Code, bold, italics and links of a table's cell."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", text)
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
