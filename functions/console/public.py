"""Public pages: a town, its imprint and privacy notice, and whether an alert is real."""

from datetime import UTC, datetime
from typing import Any

from functions.console import alert_page, town_pages
from stadtdraht import bootstrap
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.pages.answers import HttpAnswer, as_json, html
from stadtdraht.pages.render import render

# Short, since an alert may be taken back; while a new copy is fetched, or we cannot answer, the old one still helps.
KEPT_IN_A_RUSH = "public, max-age=5, stale-while-revalidate=10, stale-if-error=300"
KEPT_A_MINUTE = "public, max-age=60"  # a rush after an alert is answered by caches
PAGES = {"": town_pages.about, "/imprint": town_pages.imprint, "/privacy": town_pages.privacy}


def handler(event: dict[str, Any], _: object) -> HttpAnswer:
    match event["routeKey"].removeprefix("GET "), event.get("pathParameters") or {}:
        case "/healthz", _:
            return as_json(200, {"status": "ok"})
        case "/a/{alert}", {"alert": alert}:
            status, page = alert_page.alert_page(alert, datetime.now(UTC))
            return html(status, page, cache=KEPT_IN_A_RUSH)
        case route, {"town": town} if page_of := PAGES.get(route.removeprefix("/t/{town}")):
            try:
                return html(200, page_of(bootstrap.towns().get(town)), cache=KEPT_A_MINUTE)
            except UnknownTown:
                return html(404, render("not_found.html"))
    return html(404, render("not_found.html"))
