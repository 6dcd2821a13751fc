"""An answer that somebody else lets out: asked for, released, given back. What came since stops it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleague, colleagues, staff
from functions.console.web.conversation.answer import STALE, not_sent, seen
from functions.console.web.conversation.desk import keep_draft, put_away
from functions.console.web.conversation.press import pressed
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound import release_answer as use_case
from stadtdraht.usecases.inbound.release_answer import NothingToRelease, OwnAnswer, StaleAnswer
from stadtdraht.usecases.inbound.work_on_conversation import CannotAnswer, WindowClosed


def choose(visit: Visit) -> HttpResponse:
    """Whom to ask, with the words as they are now; they are kept whatever happens next."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None:
        return not_found()
    words = visit.form.get("text")
    keep_draft(visit, words)
    if not words.strip():
        return conversation_page(
            visit, citizen, Typed(error=say("Eine Antwort braucht Worte."), is_given=True), status=422
        )
    others = [(it.staff_id, it.name) for it in colleagues(visit) if it.staff_id != visit.member.staff_id]
    return page(
        visit,
        "conversation/ask.html",
        say("Zur Freigabe geben"),
        here="inbox",
        citizen_id=citizen.citizen_id,
        name=who_shown(citizen.name, citizen.identity.phone or ""),
        words=words,
        seen=visit.form.get("seen"),
        press=visit.press(),
        asked=[("", say("wer gerade da ist")), *others],
    )


def ask(visit: Visit) -> HttpResponse:
    """Puts the answer before a colleague."""
    member = colleague(visit, visit.form.get("of"))
    name, staff_id = (member.name, member.staff_id) if member else ("", "")

    def put_forward(who: str) -> None:
        words = visit.form.get("text")
        use_case.ask_release(
            staff(visit), who, words, seen=seen(visit), of=name, of_id=staff_id, press=visit.form.get("press")
        )

    return _done(visit, put_forward, "asked")


def release(visit: Visit) -> HttpResponse:
    """Sends the colleague's words, as they were put forward or as they were changed in the field."""
    words = visit.form.get("text") if "text" in visit.form else None

    def let_out(who: str) -> None:
        by = use_case.release_answer(
            staff(visit), who, press=visit.form.get("press"), asked_at=_asked_at(visit), words=words
        )
        put_away(visit, by)

    return _done(visit, let_out, "sent-changed" if _is_changed(visit) else "sent-released")


def give_back(visit: Visit) -> HttpResponse:
    """To who wrote it, with a reason; who wrote it takes it back without one."""

    def return_it(who: str) -> None:
        use_case.send_back(staff(visit), who, visit.form.get("why"), asked_at=_asked_at(visit))

    return _done(visit, return_it, "back" if visit.form.get("why").strip() else "taken-back")


def _done(visit: Visit, act: Callable[[str], None], done: str) -> HttpResponse:
    def do(who: str) -> str:
        act(who)
        return done

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        typed = _told(visit, citizen, why)
        return conversation_page(visit, citizen, typed, status=409, why=visit.form.get("why"))

    return pressed(visit, do, told, already="sent-already")


def _told(visit: Visit, citizen: Citizen, why: StadtdrahtError) -> Typed:
    """What stood in the way. Words that were typed for this answer stay, and so does what was changed of another's."""
    text = visit.form.get("text")
    if isinstance(why, CannotAnswer) and not isinstance(why, WindowClosed) and "was" in visit.form:
        return Typed(text, is_given=True, error=f"{say_why(why)}.", releases=True)
    if _is_changed(visit):
        keep_draft(visit, text)
        return replace(_told_without_words(visit, citizen, why), text=text, is_given=True)
    return _told_without_words(visit, citizen, why)


def _told_without_words(visit: Visit, citizen: Citizen, why: StadtdrahtError) -> Typed:
    match why:
        case StaleAnswer():
            return Typed(
                alert=say("Nicht gesendet: Es kam noch eine Nachricht. Die Antwort ging an {name} zurück.", name=why.by)
            )
        case NothingToRelease():
            return Typed(alert=say("Nicht gesendet: Diese Antwort wartet nicht mehr auf Freigabe."))
        case OwnAnswer():
            return Typed(alert=say("Nicht gesendet: Eine eigene Antwort gibt jemand anderes frei."))
    if "text" not in visit.form or "was" in visit.form:
        ended = isinstance(why, WindowClosed)
        return Typed(alert=say("Nicht gesendet: Das freie Schreiben ist zu Ende.") if ended else f"{say_why(why)}.")
    return not_sent(visit, citizen, why)


def _is_changed(visit: Visit) -> bool:
    """Whether the field of a release holds other words than the page put there."""
    given = "was" in visit.form and "text" in visit.form
    return given and visit.form.get("was") != text_digest(visit.form.get("text").strip())


def _asked_at(visit: Visit) -> datetime:
    """Which answer was read; one that the form does not name is none."""
    return visit.form.moment("asked_at") or STALE
