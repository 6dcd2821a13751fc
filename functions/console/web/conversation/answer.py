"""Sends what was typed, once; whatever stands in the way is told above the kept words."""

from contextlib import suppress
from datetime import UTC, datetime

from functions.console.web.answers import not_found
from functions.console.web.colleagues import staff
from functions.console.web.conversation.desk import draft, keep_draft, put_sent_away
from functions.console.web.conversation.press import pressed
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.domain.text import read_part
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import german, say, say_why
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.text_blocks import NoSuchTextBlock, put_in
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    TakenBySomebody,
    WindowClosed,
)

STALE = datetime.min.replace(tzinfo=UTC)  # older than any message: a form that does not say what was read


WROTE_MEANWHILE = german(
    "Nicht gesendet: {name} hat inzwischen noch etwas geschrieben. Ihr Text steht unverändert im Feld."
)
OTHERS_WERE_FASTER = german("Nicht gesendet: Jemand aus dem Haus war schneller. Ihr Text steht unverändert im Feld.")


def send(visit: Visit) -> HttpResponse:
    """The town's words to a citizen."""
    words, anyway = visit.form.get("text"), visit.form.get("anyway") == "1"

    def answer(who: str) -> str:
        try:
            work_on_conversation.answer(
                staff(visit), who, words, press=_press(visit, words), seen=seen(visit), anyway=anyway
            )
        except AlreadyDone:
            if (kept := draft(visit, who)) and kept.words == read_part(words):
                put_sent_away(visit)  # whoever pressed first may have died before this
            raise
        put_sent_away(visit)
        return "sent"

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        status = 422 if isinstance(why, CannotAnswer) and not isinstance(why, WindowClosed) else 409
        keep_draft(visit, words)
        return conversation_page(visit, citizen, not_sent(visit, citizen, why, anyway=anyway), status=status)

    return pressed(visit, answer, told, already="sent-already")


def insert(visit: Visit) -> HttpResponse:
    """The same page with a text block below what was typed; nothing is sent."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None:
        return not_found()
    text = visit.form.get("text")
    with suppress(NoSuchTextBlock):  # none chosen, or a colleague has just removed it
        words = put_in(visit.form.get("block"), visit.town, citizen, visit.adapters.text_blocks)
        text = f"{text.rstrip()}\n\n{words}" if text.strip() else words
    keep_draft(visit, text)
    return conversation_page(visit, citizen, Typed(text, is_given=True, anyway=visit.form.get("anyway") == "1"))


def not_sent(visit: Visit, citizen: Citizen, why: StadtdrahtError, *, anyway: bool = False) -> Typed:
    """The words as they were typed, and why they are still here."""
    words = visit.form.get("text")
    match why:
        case WindowClosed():
            return Typed(words, is_given=True, alert=say("Nicht gesendet: Das freie Schreiben ist inzwischen zu Ende."))
        case CannotAnswer():
            return Typed(words, is_given=True, error=f"{say_why(why)}.", anyway=anyway)
        case TakenBySomebody():
            alert = say(
                "Nicht gesendet: {name} hat dieses Gespräch. Ihr Text steht unverändert im Feld.", name=why.colleague
            )
            return Typed(words, is_given=True, alert=alert, anyway=True, again=True)
    wrote = citizen.conversation is not None and citizen.conversation.last_at > seen(visit)
    name = who_shown(citizen.name, citizen.identity.phone or "")
    alert = say(WROTE_MEANWHILE, name=name) if wrote else say(OTHERS_WERE_FASTER)
    return Typed(words, is_given=True, alert=alert, anyway=anyway, again=True)


def _press(visit: Visit, words: str) -> str:
    """The form's nonce with these words: who goes back in the browser and writes something else has not sent that."""
    nonce = visit.form.get("press")
    return f"{nonce}.{text_digest(words)}" if nonce else ""


def seen(visit: Visit) -> datetime:
    """What the writer had read when they wrote."""
    return visit.form.moment("seen") or STALE
