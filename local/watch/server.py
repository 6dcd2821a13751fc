"""Routes of the dashboards, for the process that measures; the page of phones hands its own on to them."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from local.watch.evaluating import Judged, State
from local.watch.page import HOURS, show_dashboard, show_runbooks
from local.watch.runbooks import chapters
from local.watch.watch import Watch

FIRST = "on-call"
RUNBOOKS = Path("docs") / "operations" / "runbooks.md"
USUAL_HOURS = 3  # as the deployed dashboards show; of a system that is younger, one


def routes(watch: Watch, repository: Path) -> Sequence[web.RouteDef]:
    """`/dashboards`, each dashboard by its name, the runbooks, and the states of all alarms as JSON."""

    async def first(_: web.Request) -> web.StreamResponse:
        now_s = time.time()
        return _page(show_dashboard(watch, FIRST, now_s, _usual_hours(watch, now_s)))

    async def one(request: web.Request) -> web.StreamResponse:
        asked, now_s = request.query.get("hours", ""), time.time()
        hours = int(asked) if asked in map(str, HOURS) else _usual_hours(watch, now_s)
        return _page(show_dashboard(watch, request.match_info["name"], now_s, hours))

    async def alarms(_: web.Request) -> web.StreamResponse:
        return web.json_response(as_json(watch, time.time()), headers={"Cache-Control": "no-store"})

    async def runbooks(_: web.Request) -> web.StreamResponse:
        known = chapters((repository / RUNBOOKS).read_text(encoding="utf-8"))
        return _page(show_runbooks(watch, known, time.time()))

    return [
        web.get("/dashboards", first),
        web.get("/dashboards/alarms.json", alarms),
        web.get("/dashboards/runbooks", runbooks),
        web.get("/dashboards/{name}", one),
    ]


def _usual_hours(watch: Watch, now_s: float) -> int:
    return USUAL_HOURS if now_s - watch.since_s > HOURS[0] * 3600 else HOURS[0]


def as_json(watch: Watch, now_s: float) -> dict[str, Any]:
    """`ringing`: names of what somebody would hear of, P1 first; `alarms`: all of them with their last values."""
    judged = watch.judge(now_s)
    ringing = [it.text for it in judged if it.state is State.ALARM and it.text.tells]
    return {
        "at": datetime.fromtimestamp(now_s, UTC).isoformat(timespec="seconds"),
        "since": datetime.fromtimestamp(watch.since_s, UTC).isoformat(timespec="seconds"),
        "ringing": [it.name for it in sorted(ringing, key=lambda it: (it.order, it.name))],
        "alarms": [_alarm(it) for it in judged],
    }


def _alarm(it: Judged) -> dict[str, Any]:
    return {
        "name": it.text.name,
        "order": it.text.order,
        "state": str(it.state),
        "about": it.text.about,
        "runbook": it.text.runbook,
        "tells": it.text.tells,
        "points": list(it.points),
    }


def _page(text: str | None) -> web.Response:
    if text is None:
        return web.Response(status=404, text="No such dashboard (or the template is not deployed yet).")
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})
