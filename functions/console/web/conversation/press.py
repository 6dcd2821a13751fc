"""One press on a page of a conversation: done once, or told on a page what stood in the way."""

from collections.abc import Callable

from functions.console.web.answers import not_found
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.inbound.release_answer import NothingToRelease, OwnAnswer, StaleAnswer
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    NoSuchConversation,
    TakenBySomebody,
    WroteMeanwhile,
)

IN_THE_WAY = (CannotAnswer, TakenBySomebody, WroteMeanwhile, NothingToRelease, OwnAnswer, StaleAnswer)


def pressed(
    visit: Visit,
    act: Callable[[str], str],
    told: Callable[[Citizen, StadtdrahtError], HttpResponse],
    *,
    already: str,
) -> HttpResponse:
    """Back to the conversation with the sentence that `act` names, or `already` where a press before did it.

    act: is given whose conversation it is. told: the page that says what stood in the way, with what was typed.
    """
    who = visit.path["citizen"]
    try:
        done = act(who)
    except NoSuchConversation:
        return not_found()
    except AlreadyDone:
        done = already
    except IN_THE_WAY as why:
        citizen = visit.adapters.citizens.get(visit.town.id, who)
        return told(citizen, why) if citizen else not_found()
    return visit.to(f"conversations/{who}?done={done}")
