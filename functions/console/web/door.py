"""The door: who signs in, and who is signed in."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from functions.console.web.request import Request
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.staff.session import Session
from stadtdraht.pages.responses import HttpResponse, see_other

SIGN_IN: Final = "/console/sign-in"
STEPS: Final[dict[str, Callable[[Request, datetime, Adapters], HttpResponse]]] = {}


def session_of(request: Request, now: datetime, adapters: Adapters) -> Session | None:  # noqa: ARG001
    """Nobody is signed in yet."""
    return None


def ask_to_sign_in(request: Request) -> HttpResponse:  # noqa: ARG001
    """To the page where one signs in."""
    return see_other(SIGN_IN)
