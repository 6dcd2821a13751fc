"""For whoever forgot their password: a code by mail, then a new one."""

import time
from datetime import datetime
from typing import Any, Final

from functions.console.web import door, kept
from functions.console.web.answers import console_html
from functions.console.web.request import Request
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.staff.sign_in import Step, Wrong, code_of
from stadtdraht.observability import count
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console import door as door_words
from stadtdraht.texts.staff.console import recovery as words
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.staff.recover_password import NotFit, Recovered, ask_code, recover
from stadtdraht.usecases.staff.sign_in import Locked, Next, Refused

TAKES_S: Final = 1.5  # whether a mail is sent or not: nobody reads from the clock whose address is known


def show(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:  # noqa: ARG001
    return _begin(kept.Kept.of_query(request.query), adapters)


def ask(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    """Without an address: the page, with what somebody had typed before they had to sign in."""
    began, form = time.monotonic(), kept.Kept.of_form(request.form)
    if "username" not in request.form or not adapters.settings.mail_sender:
        return _begin(form, adapters)
    found, refused = ask_code(request.form.get("username"), now, door.ports_of(request, adapters), adapters.mails)
    if refused:
        count("RecoveryNotMailed")
    match found:
        case Next():
            time.sleep(max(0.0, began + TAKES_S - time.monotonic()))
            return _code_page(found.token, found.step, form)
        case Locked():
            return door.locked(found, form)
        case Refused():
            return _begin(form, adapters, error=say(words.NO_ADDRESS), status=422)


def give(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    """The code and the new password."""
    token, form = request.form.get("step"), kept.Kept.of_form(request.form)
    code, password = code_of(request.form.get("code")), request.form.get("password")[: door.PASSWORD_LENGTHS]
    match found := recover(token, code, password, now, door.ports_of(request, adapters)):
        case Recovered():
            return door.first_page(form, done=say(words.CHANGED))
        case NotFit():
            short = door_words.short_password() if found.is_short else ""
            odd = words.code_length() if found.code_digits is not None else ""
            return _code_page(token, found.step, form, code_error=odd, password_error=short, status=422)
        case Locked():
            return door.locked(found, form)
        case Refused():
            count("SignInRefused")
            if found.step is None:
                return door.first_page(form, wrong=say(door_words.TOO_LATE), status=403)
            if found.why is Wrong.PASSWORD:
                return _code_page(token, found.step, form, password_error=door_words.short_password(), status=403)
            return _code_page(token, found.step, form, code_error=say(words.WRONG_CODE), status=403)


def _begin(form: kept.Kept, adapters: Adapters, *, error: str = "", status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {"hidden": form.hidden(), "words": door_words, "error": error}
    values["can_mail"] = bool(adapters.settings.mail_sender)
    return console_html(status, render_console("forgotten.html", **values))


def _code_page(
    token: str, step: Step, form: kept.Kept, *, code_error: str = "", password_error: str = "", status: int = 200
) -> HttpResponse:
    values: dict[str, Any] = {"token": token, "step": step, "hidden": form.hidden()}
    errors = {"code_error": code_error, "password_error": password_error}
    return console_html(status, render_console("recovery.html", **values, **errors))
