"""„Was ist zu tun?“: what waits for somebody, most urgent first. A card that cannot be read says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.conversation import NEED
from stadtdraht.domain.opening import open_time
from stadtdraht.domain.staff.roles import READS_CONVERSATIONS, WORKS_ON_CASES, Roles
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment, say_span

log = logger("console-office")


@dataclass(frozen=True, slots=True)
class Card:
    """A sentence with a number and one button. figure: a number, or "" for the icon."""

    figure: str
    title: str
    words: str
    button: str
    page: str
    icon: str = "alert"
    hot: bool = False
    lost: bool = False
    done: int = 0
    of: int = 0
    """Progress, where there is one: so many of so many."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that is looked after. name: in the sentence that says it could not be read."""

    name: str
    roles: Roles
    find: Callable[[Visit], Card | None]


def show_start(visit: Visit) -> HttpResponse:
    """The cards of what this person may do something about."""
    cards = [card for it in LOOKS if visit.may(it.roles) if (card := _looked(it, visit))]
    at = say_moment(visit.town, visit.now, visit.now)
    return page(visit, "start.html", "Was ist zu tun?", here="", cards=cards, at=at)


def _looked(look: Look, visit: Visit) -> Card | None:
    try:
        return look.find(visit)
    except Exception as why:  # noqa: BLE001 - each card fails alone
        count("ConsoleCardFailed")
        log.error("card failed", card=look.name, town=visit.town.id, why=error_place(why))  # noqa: TRY400
        words = "Die anderen Angaben stimmen. Laden Sie die Seite in einer Minute noch einmal."
        return Card("", f"{look.name}: konnte nicht gelesen werden", words, "Noch einmal", "", lost=True)


def _in_need(visit: Visit) -> Card | None:
    urgent = [it for it in visit.adapters.citizens.waiting(visit.town.id) if it.flags & NEED]
    if not urgent:
        return None
    many = len(urgent) > 1
    title = "Nachrichten klingen nach einem Notfall" if many else "Eine Nachricht klingt nach einem Notfall"
    words = "Der Hinweis auf die 112 ging sofort hinaus. Bitte lesen Sie nach, ob jemand Hilfe braucht."
    where = "inbox" if many else f"conversations/{urgent[0].citizen_id}"
    return Card(str(len(urgent)), title, words, "Jetzt ansehen", where, hot=True)


def _waiting(visit: Visit) -> Card | None:
    waiting = [it for it in visit.adapters.citizens.waiting(visit.town.id) if it.waiting_since]
    if not waiting:
        return None
    longest = min(it.waiting_since for it in waiting if it.waiting_since)
    words = f"Am längsten seit {say_span(open_time(visit.town, longest, visit.now))} Dienstzeit."
    title = "Menschen warten auf Antwort" if len(waiting) > 1 else "Ein Mensch wartet auf Antwort"
    return Card(str(len(waiting)), title, words, "Zum Posteingang", "inbox")


def _cases(visit: Visit) -> Card | None:
    late = [it for it in visit.adapters.cases.open(visit.town.id) if it.due_at < visit.now]
    if not late:
        return None
    title = "Meldungen sind überfällig" if len(late) > 1 else "Eine Meldung ist überfällig"
    return Card(str(len(late)), title, f"Die älteste: {late[0].number}.", "Ansehen", "cases")


LOOKS: Final = (
    Look("Notfälle", READS_CONVERSATIONS, _in_need),
    Look("Wer wartet", READS_CONVERSATIONS, _waiting),
    Look("Meldungen", WORKS_ON_CASES, _cases),
)
