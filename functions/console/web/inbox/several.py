"""What is done with several conversations at once: take, assign, close. Each only as it was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleague, staff
from functions.console.web.request import read_moment
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.member import Member
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation, TakenBySomebody, WroteMeanwhile

MOST = 50  # as many as a page shows


@dataclass(frozen=True, slots=True)
class Picked:
    """One ticked row, as the page showed it (`Row.pick`)."""

    citizen_id: str
    seen: datetime | None
    had: str | None

    @classmethod
    def of(cls, value: str) -> Self:
        citizen_id, *shown = value.split(" ", 2)
        seen, had = shown if len(shown) == len(("seen", "had")) else ("", None)
        return cls(citizen_id, read_moment(seen), had)


def take(visit: Visit) -> HttpResponse:
    """All of them to whoever presses."""
    return _give(visit, visit.member, "taken-several")


def assign(visit: Visit) -> HttpResponse:
    """All of them to one colleague."""
    member = colleague(visit, visit.form.get("to"))
    return _give(visit, member, "assigned-several") if member else not_found()


def close(visit: Visit) -> HttpResponse:
    """None of them waits any more."""
    end = work_on_conversation.close
    return _each(visit, lambda it: end(staff(visit), it.citizen_id, seen=it.seen), "closed-several")


def _give(visit: Visit, to: Member, done: str) -> HttpResponse:
    give = work_on_conversation.assign
    return _each(visit, lambda it: give(staff(visit), it.citizen_id, to.name, to.staff_id, had=it.had), done)


def _each(visit: Visit, act: Callable[[Picked], None], done: str) -> HttpResponse:
    picked = [Picked.of(it) for it in dict.fromkeys(visit.form.all("pick"))][:MOST]
    left = 0
    for each in picked:
        try:
            act(each)
        except (NoSuchConversation, TakenBySomebody, WroteMeanwhile):
            left += 1
    told = "none-picked" if not picked else "some-left" if left else done
    return visit.to(f"inbox?tab={visit.form.get('tab') or 'waiting'}&done={told}")
