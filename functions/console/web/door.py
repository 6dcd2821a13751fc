"""The door: who signs in, who is signed in, and what they came with meanwhile."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from functions.console.web import kept
from functions.console.web.answers import compressed, console_html, not_found, not_from_our_pages
from functions.console.web.request import COOKIE, LANGUAGE_COOKIE, Request
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.domain.staff.device import device_of
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import Asked, Step, Wrong, code_of
from stadtdraht.domain.town import Town
from stadtdraht.observability import count
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse, see_other
from stadtdraht.texts.staff.console import door as words
from stadtdraht.texts.staff.language import language_read, reading, say
from stadtdraht.usecases.staff import sign_in
from stadtdraht.usecases.staff.sign_in import DoorPorts, Entered, Locked, Next, Refused, Unreadable

HOME: Final = "/console"
SIGN_IN: Final = "/console/sign-in"
GUARDED: Final = "Secure; HttpOnly; SameSite=Lax; Path=/"
A_YEAR_S: Final = 365 * 86400
PASSWORD_LENGTHS: Final = 256  # Cognito takes no longer one
PAGES: Final = {Asked.PASSWORD: "own_password.html", Asked.ENROL: "enrol.html", Asked.CODE: "code.html"}


def session_of(request: Request, now: datetime, adapters: Adapters, *, is_part: bool = False) -> Session | None:
    """Whoever the cookie names. What a page's script asks keeps nobody signed in, whatever it says of itself."""
    extends = not (is_part or request.is_poll)
    return sign_in.session_of(request.session_token, now, adapters.sessions, extends=extends)


def without_session(request: Request, adapters: Adapters) -> HttpResponse:
    """For whoever works nowhere any more there is no such page; others sign in."""
    if sign_in.was_of_gone(request.session_token, adapters.sessions):
        return compressed(not_found(), request)
    return _ask_to_sign_in(request)


def _ask_to_sign_in(request: Request) -> HttpResponse:
    """To the page where one signs in, and back; what was typed meanwhile goes along."""
    if request.is_poll:
        return console_html(401, "")
    if not request.posts:
        return see_other(f"{SIGN_IN}?{kept.as_query(request.address)}")
    if not request.is_from_our_pages:
        return not_from_our_pages()
    form = kept.Kept.of(request.address, request.form)
    return compressed(first_page(form, lost=True), request)


def _home(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    """To the one town in which somebody works, or to the choice."""
    session = session_of(request, now, adapters)
    if session is None:
        return see_other(SIGN_IN)
    towns = adapters.staff.towns_of(session.staff_id)
    if len(towns) == 1:
        return see_other(f"{HOME}/{towns[0]}")
    page = render_console(
        "towns.html", towns=_named(towns, adapters), email=session.email, csrf=session.csrf, words=words
    )
    return console_html(200, page)


def _named(towns: Sequence[str], adapters: Adapters) -> list[Town]:
    """Without those that are not set up any more."""
    found = []
    for it in towns:
        with suppress(UnknownTown):
            found.append(adapters.towns.get(it))
    return found


def _show_sign_in(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:  # noqa: ARG001
    back, chosen = kept.Kept.of_query(request.query), request.query.get("language")
    if chosen in set(StaffLanguage):
        with reading(StaffLanguage(chosen)):
            return in_language(StaffLanguage(chosen), first_page(back))
    return first_page(back, is_out=request.query.get("out") == "1")


def in_language(language: StaffLanguage, answer: HttpResponse) -> HttpResponse:
    """With a cookie by which this browser reads the door in it, before anybody is known."""
    return _with_cookie(answer, f"{LANGUAGE_COOKIE}={language}; Max-Age={A_YEAR_S}; {GUARDED}")


def _to_the_beginning(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:  # noqa: ARG001
    """Somebody reloads, or goes back to, a page that only answers what is posted to it."""
    return see_other(SIGN_IN)


def _give_password(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    typed, password = request.form.get("username"), request.form.get("password")[:PASSWORD_LENGTHS]
    found = sign_in.give_password(typed, password, now, ports_of(request, adapters))
    return _answer(found, request)


def _give_own_password(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    password = request.form.get("password")[:PASSWORD_LENGTHS]
    found = sign_in.give_first_password(request.form.get("step"), password, now, ports_of(request, adapters))
    return _answer(found, request)


def _connect_app(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    code = code_of(request.form.get("code"))
    found = sign_in.connect_app(request.form.get("step"), code, now, ports_of(request, adapters))
    return _in_already(found, request, now, adapters) or _answer(found, request)


def _give_code(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    code = code_of(request.form.get("code"))
    found = sign_in.give_code(request.form.get("step"), code, now, ports_of(request, adapters))
    return _in_already(found, request, now, adapters) or _answer(found, request)


def _in_already(found: sign_in.Answer, request: Request, now: datetime, adapters: Adapters) -> HttpResponse | None:
    """A second press of the last button, when the first one has led in."""
    if found != Refused(Wrong.TOO_LATE):
        return None
    session = session_of(request, now, adapters)
    return _onward(kept.Kept.of_form(request.form), session) if session else None


def _sign_out(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    session = session_of(request, now, adapters)
    if session and request.form.get("csrf") == session.csrf:
        adapters.sessions.end(session.key, now)
    return _out()


def _sign_out_everywhere(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    session = session_of(request, now, adapters)
    if session and request.form.get("csrf") == session.csrf:
        adapters.sessions.end_all(session.staff_id, now)
    return _out()


def _out() -> HttpResponse:
    return _with_cookie(see_other(f"{SIGN_IN}?out=1"), f"{COOKIE}=; Max-Age=0; {GUARDED}")


def _answer(found: sign_in.Answer, request: Request) -> HttpResponse:
    form = kept.Kept.of_form(request.form)
    match found:
        case Entered():
            return _enter(found, form)
        case Next():
            return _step_page(found.token, found.step, form)
        case Locked():
            return locked(found, form)
        case Unreadable():
            is_code = found.step.asked is not Asked.PASSWORD
            error = words.digits(found.digits) if is_code else words.short_password()
            return _step_page(request.form.get("step"), found.step, form, error=error, status=422)
        case Refused():
            count("SignInRefused")
            if found.step is None:
                late = found.why is Wrong.TOO_LATE
                return first_page(form, wrong=say(words.TOO_LATE if late else words.WRONG), status=403)
            error = words.short_password() if found.why is Wrong.PASSWORD else say(words.WRONG_CODE)
            return _step_page(request.form.get("step"), found.step, form, error=error, status=403)


def locked(found: Locked, form: kept.Kept) -> HttpResponse:
    count("SignInRefused")
    minutes = max(1, round(found.lasts.total_seconds() / 60))
    return first_page(form, wrong=words.locked(minutes), status=429)


def _enter(found: Entered, form: kept.Kept) -> HttpResponse:
    """In: to where one wanted to go, or to what one had typed, with a button that sends it now."""
    return _with_cookie(_onward(form, found.session), f"{COOKIE}={found.token}; {GUARDED}")


def _onward(form: kept.Kept, session: Session) -> HttpResponse:
    if form.fields:
        return console_html(200, _what_was_typed(form, session))
    return see_other(form.address or HOME)


def _what_was_typed(form: kept.Kept, session: Session) -> str:
    return render_console("typed.html", form=form, csrf=session.csrf, words=words)


def first_page(
    form: kept.Kept,
    *,
    wrong: str = "",
    lost: bool = False,
    is_out: bool = False,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {"wrong": wrong, "lost": lost, "is_out": is_out, "done": done, "words": words}
    values |= {"hidden": form.hidden(), "back": kept.as_query(form.address)}
    values["other_language"] = "" if form.fields else _in_other_language(form)
    return console_html(401 if lost else status, render_console("sign_in.html", **values))


def _in_other_language(form: kept.Kept) -> str:
    """The address of the first page in the language that it is not in."""
    other = StaffLanguage.GERMAN if language_read() is StaffLanguage.ENGLISH else StaffLanguage.ENGLISH
    back = kept.as_query(form.address)
    return f"{SIGN_IN}?language={other}{f'&{back}' if back else ''}"


def _step_page(token: str, step: Step, form: kept.Kept, *, error: str = "", status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {"step": step, "token": token, "error": error, "hidden": form.hidden(), "words": words}
    if step.asked is Asked.ENROL:
        from stadtdraht.pages.qr_code import qr_code

        values["drawn"] = qr_code(words.app_address(step.email, step.secret), say(words.QR_TITLE))
        values["secret"] = words.in_groups(step.secret)
    return console_html(status, render_console(PAGES[step.asked], **values))


def _with_cookie(answer: HttpResponse, cookie: str) -> HttpResponse:
    return {**answer, "cookies": [cookie]}


def ports_of(request: Request, adapters: Adapters) -> DoorPorts:
    it, device = adapters, device_of(request.headers.get("user-agent", ""))
    return DoorPorts(it.accounts, it.sessions, it.guesses, it.staff, it.audit, device)


Answers = Callable[[Request, datetime, Adapters], HttpResponse]


def _of_recovery(name: str) -> Answers:
    """Pages for whoever forgot their password are loaded when they are asked for."""

    def answer(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
        found: Answers = getattr(import_module("functions.console.web.recovery"), name)
        return found(request, now, adapters)

    return answer


def _from_our_pages(step: Answers) -> Answers:
    """No other site signs anybody in, or out."""

    def guarded(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
        return step(request, now, adapters) if request.is_from_our_pages else not_from_our_pages()

    return guarded


STEPS: Final[dict[str, Answers]] = {
    f"GET {HOME}": _home,
    f"GET {SIGN_IN}": _show_sign_in,
    f"GET {SIGN_IN}/forgotten": _of_recovery("show"),
    f"POST {SIGN_IN}/forgotten": _from_our_pages(_of_recovery("ask")),
    f"POST {SIGN_IN}/forgotten/code": _from_our_pages(_of_recovery("give")),
    f"GET {SIGN_IN}/{{step}}": _to_the_beginning,
    f"POST {SIGN_IN}": _from_our_pages(_give_password),
    f"POST {SIGN_IN}/password": _from_our_pages(_give_own_password),
    f"POST {SIGN_IN}/enrol": _from_our_pages(_connect_app),
    f"POST {SIGN_IN}/code": _from_our_pages(_give_code),
    "POST /console/sign-out": _from_our_pages(_sign_out),
    "POST /console/sign-out/everywhere": _from_our_pages(_sign_out_everywhere),
}
