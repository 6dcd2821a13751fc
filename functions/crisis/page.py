"""The crisis page: opening it in any way does nothing; only a press with PIN and typed name raises an alert."""

from datetime import UTC, datetime
from typing import Any

from functions.crisis.web import screens
from functions.crisis.web.context import page_ports
from functions.crisis.web.form import Request
from functions.crisis.web.routes import respond
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.compression import compressed
from stadtdraht.pages.responses import HttpResponse

log = logger("crisis-page")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse | dict[str, Any]:
    """Whatever fails, an officer reads what to do now: pressing again never warns twice.

    The clock's ping, which no request over HTTP can be, keeps it warm and finds out whether all of it can be built.
    """
    if event.get("ping"):
        return {"ready": bool(page_ports(adapters))}
    request = Request()  # what cannot even be read is answered as well
    try:
        request = Request.of(event)
        answer = respond(request, datetime.now(UTC), page_ports(adapters))
        return compressed(answer, (event.get("headers") or {}).get("accept-encoding"))
    except Exception as why:  # noqa: BLE001 - a table that throttles, a secret that cannot be read
        count("CrisisPageFailed")
        log.error("crisis page failed", method=request.method, why=error_place(why))  # noqa: TRY400
        return screens.try_again(request)
