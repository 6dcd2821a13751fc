"""What is done with several conversations at once: take, assign, close."""

from collections.abc import Callable

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleague, staff
from functions.console.web.visit import Visit
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation, WroteMeanwhile

MOST = 50  # as many as a page shows


def take(visit: Visit) -> HttpResponse:
    """All of them to whoever presses."""
    me = visit.member
    give = work_on_conversation.assign
    return _each(visit, lambda who: give(staff(visit), who, me.name, me.staff_id), "taken-several")


def assign(visit: Visit) -> HttpResponse:
    """All of them to one colleague."""
    member = colleague(visit, visit.form.get("to"))
    if member is None:
        return not_found()
    give = work_on_conversation.assign
    return _each(visit, lambda who: give(staff(visit), who, member.name, member.staff_id), "assigned-several")


def close(visit: Visit) -> HttpResponse:
    """None of them waits any more."""
    return _each(visit, lambda who: work_on_conversation.close(staff(visit), who), "closed-several")


def _each(visit: Visit, act: Callable[[str], None], done: str) -> HttpResponse:
    picked = list(dict.fromkeys(visit.form.all("pick")))[:MOST]
    left = 0
    for citizen_id in picked:
        try:
            act(citizen_id)
        except (NoSuchConversation, WroteMeanwhile):
            left += 1
    told = "none-picked" if not picked else "some-left" if left else done
    return visit.to(f"inbox?tab={visit.form.get('tab') or 'waiting'}&done={told}")
