"""Open311 GeoReport v2, for reading: what a town publishes of its reports, in JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from functions.logged import logged
from functions.open311.web.responses import Refused, answered, check_key, jurisdiction, number_of
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.town import Town
from stadtdraht.observability import logger
from stadtdraht.pages.responses import NOT_KEPT, HttpResponse
from stadtdraht.settings import Settings
from stadtdraht.usecases.cases.open311 import NotAQuery, Query, reports, services

if TYPE_CHECKING:
    from stadtdraht.ports.media import MediaStore

log = logger("open311-read")
ADAPTERS = Adapters()
ROOT = "/open311/v2"
KEY_HEADER = "x-api-key"
KEPT_A_MINUTE = "public, max-age=60"  # what anybody may read is read from the table once a minute
CHANGED = "2026-11-24T00:00:00Z"  # when what discovery says last changed


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    cache = NOT_KEPT if KEY_HEADER in event.get("headers", {}) else KEPT_A_MINUTE
    answer = answered(lambda: _asked(event["routeKey"].removeprefix(f"GET {ROOT}"), event, adapters), cache=cache)
    answer["headers"]["Vary"] = KEY_HEADER
    return answer


def _asked(route: str, event: dict[str, Any], adapters: Adapters) -> Any:
    asked, now = event.get("queryStringParameters") or {}, datetime.now(UTC)
    if route == "/discovery.json":
        return _discovery(adapters.settings)
    town = jurisdiction(asked, adapters.towns)
    if route == "/services.json":
        return services(town)
    one = number_of(event)
    try:
        query = Query.of({"service_request_id": one} if one else asked, now)
    except NotAQuery as why:
        raise Refused(400, str(why)) from why
    found = reports(town, query, now, cases=adapters.cases, files=_files_for(town, event, adapters))
    if one and not found:
        raise Refused(404, "service_request_id was not found")
    return found


def _files_for(town: Town, event: dict[str, Any], adapters: Adapters) -> MediaStore | None:
    """Citizens' photos, for the town's own system alone. Its key comes in a header: addresses are written down on the
    way. Raises Refused.
    """
    key = event.get("headers", {}).get(KEY_HEADER)
    if key is None:
        return None
    check_key(town, key, adapters.secrets)
    return adapters.media_store


def _discovery(settings: Settings) -> dict[str, Any]:
    url = settings.public_url
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{url}{ROOT}",
        "changeset": CHANGED,
        "type": "production" if settings.stage == "production" else "test",
        "formats": ["application/json"],
    }
    return {
        "changeset": CHANGED,
        "contact": "The town that is asked for; see its imprint.",
        "key_service": "A key for status and photos of reports is given to a town's own system by its operator.",
        "endpoints": [endpoint],
    }
