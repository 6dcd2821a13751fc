"""What staff do beside an answer: take, assign, close, take a flag away, write a note. Each has its own address."""

from collections.abc import Callable

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleague, staff
from functions.console.web.conversation.press import pressed
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.work_on_conversation import CannotAnswer

NOTE_CHARACTERS = 4000
BY_TELEPHONE = "Telefonisch erledigt"


def assign(visit: Visit) -> HttpResponse:
    """Gives it to a colleague, to oneself, or to nobody."""
    wanted = visit.form.get("to")
    member = colleague(visit, wanted) if wanted else None
    if wanted and member is None:
        return not_found()
    to = member.name if member else ""
    done = "taken" if wanted == visit.member.staff_id else "assigned"
    had = visit.form.get("had") if "had" in visit.form else None
    return _done(visit, lambda who: work_on_conversation.assign(staff(visit), who, to, wanted, had=had), done)


def close(visit: Visit) -> HttpResponse:
    """Nobody has to answer any more."""
    seen = visit.form.moment("seen")
    return _done(visit, lambda who: work_on_conversation.close(staff(visit), who, seen=seen), "closed")


def unflag(visit: Visit) -> HttpResponse:
    """Takes one flag away."""
    flag = visit.form.get("flag")
    if flag not in set(Flag):
        return not_found()
    seen = visit.form.moment("seen")
    return _done(visit, lambda who: work_on_conversation.unflag(staff(visit), who, Flag(flag), seen=seen), "unflagged")


def note(visit: Visit) -> HttpResponse:
    """Keeps what only staff read. Its field is called `note` and is read nowhere else."""
    words = visit.form.get("note")

    def write(who: str) -> None:
        if len(words) > NOTE_CHARACTERS:
            raise CannotAnswer(
                "Eine Notiz hat höchstens {most} Zeichen; dies sind {there}.", most=NOTE_CHARACTERS, there=len(words)
            )
        work_on_conversation.note(staff(visit), who, words, press=visit.form.get("press"))

    return _done(visit, write, "note")


def telephoned(visit: Visit) -> HttpResponse:
    """It was settled by telephone: said in a note, and closed."""

    def settle(who: str) -> None:
        seen, press = visit.form.moment("seen"), visit.form.get("press")
        work_on_conversation.telephoned(staff(visit), who, BY_TELEPHONE, seen=seen, press=press)

    return _done(visit, settle, "telephoned")


def _done(visit: Visit, act: Callable[[str], None], done: str) -> HttpResponse:
    """Back to the conversation; to the same page with what was typed where it could not be done."""
    noted = visit.form.get("note")

    def do(who: str) -> str:
        act(who)
        return done

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        if isinstance(why, CannotAnswer):
            return conversation_page(visit, citizen, status=422, noted=noted, note_error=say_why(why))
        return conversation_page(
            visit, citizen, Typed(alert=say("Nicht geändert: {why}.", why=say_why(why))), status=409, noted=noted
        )

    return pressed(visit, do, told, already=done)
