"""The console: every page on which a town's staff work, and the door in front of them."""

from datetime import UTC, datetime
from typing import Any

from functions.console.web.request import Request
from functions.console.web.serve import serve
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.identifiers import is_town_id
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.responses import HttpResponse

log = logger("console-office")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    """Whatever fails, staff read that nothing was sent, or to look before they press again."""
    request = Request.of(event)
    try:
        return serve(request, datetime.now(UTC), adapters)
    except Exception as why:  # noqa: BLE001 - a table that throttles, a page that is wrong
        from functions.console.web.failures import failed

        count("ConsolePageFailed")
        town = it if is_town_id(it := request.path.get("town", "")) else None
        about: dict[str, Any] = {"town": town, "route": request.route, "reference": request.reference}
        log.error("page failed", **about, why=error_place(why))  # noqa: TRY400
        return failed(request)
