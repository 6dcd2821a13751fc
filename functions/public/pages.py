"""Public pages: a town, its imprint and privacy notice, and whether an alert is real."""

from datetime import UTC, datetime
from typing import Any

from functions.logged import logged
from functions.public.web import alert_page, town_pages
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.observability import logger
from stadtdraht.pages.compression import compressed
from stadtdraht.pages.contact_card import contact_card
from stadtdraht.pages.render import render
from stadtdraht.pages.responses import HttpResponse, as_json, cap, contact, html

log = logger("public-pages")
ADAPTERS = Adapters()
# Short, since an alert may be taken back; while a new copy is fetched, or we cannot answer, the old one still helps.
KEPT_IN_A_RUSH = "public, max-age=5, stale-while-revalidate=10, stale-if-error=300"
KEPT_A_MINUTE = "public, max-age=60"  # a rush after an alert is answered by caches
TOWN = "/t/{town}"
PAGES = {"": town_pages.about, "/imprint": town_pages.imprint, "/privacy": town_pages.privacy}


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    return compressed(_answer(event, adapters), (event.get("headers") or {}).get("accept-encoding"))


def _answer(event: dict[str, Any], adapters: Adapters) -> HttpResponse:
    match event["routeKey"].removeprefix("GET "), event.get("pathParameters") or {}:
        case "/healthz", _:
            return as_json(200, {"status": "ok"})
        case "/", _:
            return html(200, render("start.html"), cache=KEPT_A_MINUTE)
        case "/a/{alert}", {"alert": alert}:
            return _alert(alert, event.get("headers") or {}, adapters)
        case route, {"town": town_id} if route.startswith(TOWN):
            return _town(town_id, route.removeprefix(TOWN), event.get("queryStringParameters") or {}, adapters)
    is_crisis = str(event.get("rawPath", "")).startswith("/crisis")
    return html(404, render("crisis/not_valid.html" if is_crisis else "not_found.html"))


def _town(town_id: str, page: str, asked: dict[str, str], adapters: Adapters) -> HttpResponse:
    try:
        town = adapters.towns.get(town_id)
    except UnknownTown:
        return html(404, render("not_found.html"))
    if page == "/contact.vcf":
        card = contact_card(town, f"{adapters.settings.public_url}/t/{town.id}")
        return contact(f"{town.id}.vcf", card, cache=KEPT_A_MINUTE)
    return html(200, PAGES[page](town, asked.get("lang", "")), cache=KEPT_A_MINUTE)


def _alert(alert: str, headers: dict[str, str], adapters: Adapters) -> HttpResponse:
    """For people a page; for machines, by its ending or by what they accept, the message in CAP."""
    asked = alert.removesuffix(".cap")
    if asked != alert or "application/cap+xml" in headers.get("accept", ""):
        status, text = alert_page.alert_cap(asked, datetime.now(UTC), adapters)
        return cap(status, text, cache=KEPT_IN_A_RUSH) if text else as_json(status, {"error": "not found"})
    status, page = alert_page.alert_page(asked, datetime.now(UTC), adapters)
    answer = html(status, page, cache=KEPT_IN_A_RUSH)
    answer["headers"]["Vary"] = "Accept"
    return answer
