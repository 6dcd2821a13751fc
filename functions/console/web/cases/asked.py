"""What an address asks of the list of reports: which ones, in which order, from where on. Addresses can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case import CaseKind, CaseState
from stadtdraht.domain.cases.case_list import DEFAULT_QUEUE, CaseFilter, Due, Order
from stadtdraht.texts.staff.console.cases import DUE, ORDER, STATES, kind_words, state_words
from stadtdraht.texts.staff.language import german, say

E = TypeVar("E", bound=StrEnum)

ALL: Final = german("alle")
OVER: Final = "over"  # in an address, the state of all that are answered or closed
YEARS_BACK: Final = 2  # older ones are deleted


class View(StrEnum):
    """How they are shown."""

    BOARD = "board"
    LIST = "list"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Asked:
    """What cannot be read in an address asks for nothing."""

    view: View
    which: CaseFilter
    order: Order
    mine: bool
    year: int
    """All of that year instead of those that are open; 0 for these."""
    after: str
    """Number of the last report on the page before."""

    @classmethod
    def of(cls, visit: Visit) -> "Asked":
        query, town = visit.query, visit.town
        mine = query.get("mine") == "1"
        districts = {it.id for it in town.districts}
        departments = {DEFAULT_QUEUE, *(it.id for it in town.departments)}
        which = CaseFilter(
            state=_one_of(CaseState, query.get("state")),
            over=query.get("state") == OVER,
            kind=_one_of(CaseKind, query.get("kind")),
            department=query.get("department") if query.get("department") in departments else "",
            district=query.get("district") if query.get("district") in districts else "",
            due=Due.OVERDUE if query.get("overdue") == "1" else _one_of(Due, query.get("due")),
            assigned_to=visit.by if mine else "",
        )
        year = int(query.get("year")) if query.get("year") in map(str, years(visit)) else 0
        order = _one_of(Order, query.get("sort")) or Order.DUE
        asked = _one_of(View, query.get("view")) or View.BOARD
        view = View.LIST if year and asked is View.BOARD else asked
        return cls(view, which, order, mine, year, query.get("after"))

    def query(self) -> str:
        """As it stands in an address, with its question mark; "" for the board of all that are open."""
        given = {
            "view": "" if self.view is View.BOARD else self.view,
            "state": OVER if self.which.over else self.which.state or "",
            "kind": self.which.kind or "",
            "department": self.which.department,
            "district": self.which.district,
            "due": self.which.due or "",
            "mine": "1" if self.mine else "",
            "sort": "" if self.order is Order.DUE else self.order,
            "year": str(self.year or ""),
            "after": self.after,
        }
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"?{asked}" if asked else ""

    def but(self, *, view: View | None = None, state: CaseState | None = None, after: str = "") -> str:
        """The query of the same in another view, of one column of the board by its state, or from a number on."""
        which = self.which
        if state and which.state is None:
            which = replace(which, over=True) if state.is_over else replace(which, state=state)
        return replace(self, view=view or self.view, which=which, after=after).query()

    def all_of(self, year: int) -> str:
        """The query of all reports of a year."""
        return Asked(View.LIST, CaseFilter(), Order.DUE, mine=False, year=year, after="").query()

    def fields(self, visit: Visit) -> list[Mapping[str, object]]:
        """The form above the list: name, label, options, what is chosen."""
        town = visit.town
        departments = [(it.id, it.label) for it in town.departments]
        found: list[Mapping[str, object]] = []
        if self.view is View.LIST:
            states = [(str(it), state_words(it)) for it in STATES]
            states.append((OVER, say("Beantwortet oder abgeschlossen")))
            stand = OVER if self.which.over else self.which.state
            found.append(_field("state", say("Stand"), states, stand))
            found.append(_field("kind", say("Art"), [(str(it), kind_words(it)) for it in CaseKind], self.which.kind))
        if departments:
            choices = [*departments, (DEFAULT_QUEUE, say("noch bei keinem"))]
            found.append(_field("department", say("Amt"), choices, self.which.department))
        if town.districts:
            choices = [(it.id, it.label) for it in town.districts]
            found.append(_field("district", say("Ortsteil"), choices, self.which.district))
        due = [(str(it), say(words)) for it, words in DUE.items()]
        found.append(_field("due", say("Fällig"), due, self.which.due))
        if self.view is View.LIST:
            year = [(str(it), say("alle von {year}", year=it)) for it in years(visit)]
            found.append(_field("year", say("Zeit"), year, str(self.year or ""), nothing=say("offene")))
            if not self.year:
                order = [(str(it), say(words)) for it, words in ORDER.items() if it is not Order.DUE]
                chosen = "" if self.order is Order.DUE else self.order
                found.append(_field("sort", say("Sortiert nach"), order, chosen, nothing=say(ORDER[Order.DUE])))
        return found


def years(visit: Visit) -> list[int]:
    """Those of which reports are still there, this one first."""
    this = visit.now.astimezone(visit.town.zone).year
    return list(range(this, this - YEARS_BACK - 1, -1))


def _field(
    name: str, label: str, options: list[tuple[str, str]], chosen: str | None, *, nothing: str = ""
) -> Mapping[str, object]:
    return {"name": name, "label": label, "options": [("", nothing or say(ALL)), *options], "chosen": chosen or ""}


def _one_of(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None
