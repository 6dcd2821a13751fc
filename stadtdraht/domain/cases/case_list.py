"""Lists of reports as staff ask for them: which ones, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from stadtdraht.domain.cases.case import Case, CaseKind, CaseState, OpenCase, due_day
from stadtdraht.domain.opening import is_working_day
from stadtdraht.domain.town import Town

C = TypeVar("C", bound=Case | OpenCase)
DEFAULT_QUEUE = "-"  # as a filter: those that no department has


class Due(StrEnum):
    """By when something has to happen."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"  # today or until Sunday


class Order(StrEnum):
    """What a list begins with; overdue ones stand above all else."""

    DUE = "due"
    DISTRICT = "district"
    DEPARTMENT = "department"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which reports. What is None or "" leaves all."""

    state: CaseState | None = None
    over: bool = False
    """Whatever is answered or closed, as the last column of the board shows it."""
    kind: CaseKind | None = None
    department: str = ""
    """Id, or DEFAULT_QUEUE."""
    district: str = ""
    due: Due | None = None
    assigned_to: str = ""

    @property
    def is_narrow(self) -> bool:
        return self != CaseFilter()

    def wants(self, case: Case | OpenCase, town: Town, now: datetime) -> bool:
        return (
            self.state in (None, case.state)
            and (case.state.is_over or not self.over)
            and self.kind in (None, case.kind)
            and self.department in ("", case.department or DEFAULT_QUEUE)
            and self.district in ("", case.district)
            and self.assigned_to in ("", case.assigned_to)
            and (self.due is None or is_due(case, self.due, town, now))
        )


def in_order(cases: Iterable[C], order: Order, town: Town, now: datetime) -> Sequence[C]:
    """Overdue ones first, then as asked for, then by the day they are due; what is not due any more comes last."""
    labels = {it.id: it.label for it in town.departments} | {it.id: it.label for it in town.districts}
    named = {Order.DISTRICT: "district", Order.DEPARTMENT: "department", Order.KIND: "kind"}

    def place(case: Case | OpenCase) -> tuple[bool, str, bool, datetime, str]:
        value = str(getattr(case, named[order])) if order in named else ""
        return not case.is_overdue(now), labels.get(value, value), not case.is_due, case.due_at, case.number

    return sorted(cases, key=place)


def day_of(town: Town, now: datetime) -> tuple[datetime, datetime]:
    """The midnights before and after a moment, there: what is due today is so at the second."""
    first = now.astimezone(town.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    day = first.date() + timedelta(days=1)
    return first, datetime.combine(day, time(), town.zone)


def working_days_until(town: Town, day: date, today: date) -> int:
    """How many working days lie between: 1 for the next one, less than 0 for a day that is over."""
    if day < today:
        return -_working_days(town, day, today)
    return _working_days(town, today, day)


def _working_days(town: Town, first: date, last: date) -> int:
    """Those after `first`, up to and with `last`."""
    return sum(is_working_day(town, first + timedelta(days=ahead)) for ahead in range(1, (last - first).days + 1))


def is_due(case: Case | OpenCase, due: Due, town: Town, now: datetime) -> bool:
    """Whether something has to happen about it by then."""
    if due is Due.OVERDUE:
        return case.is_overdue(now)
    today = now.astimezone(town.zone).date()
    ahead = (due_day(case.due_at, town) - today).days
    last = 0 if due is Due.TODAY else 6 - today.weekday()
    return case.is_due and 0 <= ahead <= last
