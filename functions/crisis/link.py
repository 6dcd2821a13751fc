"""The crisis page: opening it in any way does nothing; only a press with PIN and typed name raises an alert."""

from datetime import UTC, datetime
from typing import Any

from functions.crisis.desk import desk
from functions.crisis.form import Request
from functions.crisis.routes import answer
from stadtdraht.pages.answers import HttpAnswer


def handler(event: dict[str, Any], _: object) -> HttpAnswer:
    return answer(Request.of(event), datetime.now(UTC), desk())
