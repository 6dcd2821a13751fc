"""„Was ist zu tun?“: what waits for somebody, most urgent first. A card that cannot be read says so."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from functions.console.web.alone import read_alone
from functions.console.web.card import Card
from functions.console.web.page import page
from functions.console.web.start_cards import LOOKS, Look
from functions.console.web.start_facts import Facts, facts_of
from functions.console.web.visit import Visit
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.language import say

AT_ONCE = 8  # reads side by side: the page takes as long as the slowest of them


def show_start(visit: Visit) -> HttpResponse:
    """The cards of what this person may do something about."""
    looks = [it for it in LOOKS if visit.may(it.roles)]
    with ThreadPoolExecutor(AT_ONCE) as side_by_side:
        # each in a context of its own, so that it is said in the reader's language
        reads = [side_by_side.submit(copy_context().run, _looked, it, visit) for it in looks]
        cards = [card for it in reads if (card := it.result())]
        facts: Facts = facts_of(visit)
    at = say_moment(visit.town, visit.now, visit.now)
    return page(visit, "start.html", say("Was ist zu tun?"), here="", cards=cards, at=at, facts=facts)


def _looked(look: Look, visit: Visit) -> Card | None:
    title = say("{name}: konnte nicht gelesen werden", name=say(look.name))
    words = say("Die anderen Angaben stimmen. Laden Sie die Seite in einer Minute noch einmal.")
    lost: Card | None = Card("", title, words, say("Noch einmal"), "", lost=True)
    return read_alone(visit.town.id, look.name, lambda: look.find(visit), lost)
