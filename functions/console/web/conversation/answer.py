"""Sends what was typed, once; whatever stands in the way is told above the kept words."""

from datetime import UTC, datetime

from functions.console.web.answers import not_found
from functions.console.web.conversation.acts import staff
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    NoSuchConversation,
    TakenBySomebody,
    WindowClosed,
    WroteMeanwhile,
)

STALE = datetime.min.replace(tzinfo=UTC)  # older than any message: a form that does not say what was read
KEPT = "Ihr Text steht unverändert im Feld."


def send(visit: Visit) -> HttpResponse:
    """The town's words to a citizen."""
    who, words = visit.path["citizen"], visit.form.get("text")
    anyway = visit.form.get("anyway") == "1"
    try:
        work_on_conversation.answer(
            staff(visit), who, words, press=visit.form.get("press"), seen=_seen(visit), anyway=anyway
        )
    except NoSuchConversation:
        return not_found()
    except AlreadyDone:
        return visit.to(f"conversations/{who}?done=sent-already")
    except (CannotAnswer, TakenBySomebody, WroteMeanwhile) as why:
        citizen = visit.adapters.citizens.get(visit.town.id, who)
        if citizen is None:
            return not_found()
        status = 422 if isinstance(why, CannotAnswer) and not isinstance(why, WindowClosed) else 409
        return conversation_page(visit, citizen, _not_sent(visit, citizen, why, anyway=anyway), status=status)
    return visit.to(f"conversations/{who}?done=sent")


def _not_sent(visit: Visit, citizen: Citizen, why: Exception, *, anyway: bool) -> Typed:
    words = visit.form.get("text")
    match why:
        case WindowClosed():
            return Typed(words, is_given=True, alert="Nicht gesendet: Das freie Schreiben ist inzwischen zu Ende.")
        case CannotAnswer():
            return Typed(words, is_given=True, error=f"{why}.", anyway=anyway)
        case TakenBySomebody():
            alert = f"Nicht gesendet: {why.colleague} hat dieses Gespräch. {KEPT}"
            return Typed(words, is_given=True, alert=alert, anyway=True, again=True)
    wrote = citizen.conversation is not None and citizen.conversation.last_at > _seen(visit)
    name = who_shown(citizen.name, citizen.identity.phone or "")
    meanwhile = f"{name} hat inzwischen noch etwas geschrieben" if wrote else "Jemand aus dem Haus war schneller"
    return Typed(words, is_given=True, alert=f"Nicht gesendet: {meanwhile}. {KEPT}", anyway=anyway, again=True)


def _seen(visit: Visit) -> datetime:
    """What the writer had read when they wrote."""
    try:
        return datetime.fromisoformat(visit.form.get("seen")).astimezone(UTC)
    except ValueError:
        return STALE
