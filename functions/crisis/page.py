"""The crisis page: opening it in any way does nothing; only a press with PIN and typed name raises an alert."""

from datetime import UTC, datetime
from typing import Any

from functions.crisis.web import screens
from functions.crisis.web.desk import desk
from functions.crisis.web.form import Request
from functions.crisis.web.routes import answer
from stadtdraht.observability import count, logger, where
from stadtdraht.pages.responses import HttpAnswer

log = logger("crisis-page")


def handler(event: dict[str, Any], _: object) -> HttpAnswer:
    """Whatever fails, an officer reads what to do now: pressing again never warns twice."""
    request = Request.of(event)
    try:
        return answer(request, datetime.now(UTC), desk())
    except Exception as why:  # noqa: BLE001 - a table that throttles, a secret that cannot be read
        count("CrisisPageFailed")
        log.error("crisis page failed", method=request.method, why=where(why))  # noqa: TRY400
        return screens.try_again(request)
