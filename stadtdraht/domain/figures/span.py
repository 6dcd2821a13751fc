"""Days put together: sums, a median, a share; what stands on the page and in the file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from stadtdraht.domain.figures.day import HOURS, NO_HOURS, CasesDay, DayFigures

SPANS = (7, 30, 90, 365, 1095)  # the last is as long as a day's figures are kept
WEEKDAYS = 7
BY_DAY, BY_WEEK, BY_MONTH = 31, 130, 400  # so many days are drawn one by one, in weeks, in months; more in quarters


@dataclass(frozen=True, slots=True)
class Bucket:
    """Neighbouring days that are drawn as one."""

    first: date
    last: date
    days: tuple[DayFigures, ...]

    @property
    def asked(self) -> int:
        return sum(it.asked for it in self.days)

    @property
    def joined(self) -> int:
        return sum(offer.joined for it in self.days for offer in it.offers.values())

    @property
    def left(self) -> int:
        return sum(offer.left for it in self.days for offer in it.offers.values())

    @property
    def answers(self) -> "AnswerTimes":
        return answer_times(self.days)

    @property
    def people(self) -> int | None:
        """Of all offers together, as its last day ended; who takes two stands in it twice. None without a day."""
        return people_of(self.days[-1]) if self.days else None


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """First answers, in office time."""

    answered: int
    in_target: int
    median_minutes: int | None
    most_minutes: int | None
    """Nine of ten waited no longer."""

    @property
    def share(self) -> float | None:
        """How many of all were in time, from 0 to 1."""
        return self.in_target / self.answered if self.answered else None


def people_of(day: DayFigures) -> int:
    """Of all offers together."""
    return sum(offer.people for offer in day.offers.values())


def buckets(first: date, last: date, days: Sequence[DayFigures], *, by_day: int = BY_DAY) -> list[Bucket]:
    """Every day of the span in one, those that nobody counted too; weeks begin on Mondays.

    by_day: up to so many days stand one by one; 0 where a day has too few people to be shown.
    """
    counted = {it.day: it for it in days}
    length = (last - first).days + 1
    every = [first + timedelta(days=number) for number in range(length)]
    if length <= by_day:
        parts: dict[object, list[date]] = {day: [day] for day in every}
    elif length <= BY_WEEK:
        parts = _grouped((day - timedelta(days=day.weekday()), day) for day in every)
    elif length <= BY_MONTH:
        parts = _grouped((day.replace(day=1), day) for day in every)
    else:
        parts = _grouped(((day.year, quarter_of(day)), day) for day in every)
    return [Bucket(it[0], it[-1], tuple(counted[day] for day in it if day in counted)) for it in parts.values()]


def quarter_of(day: date) -> int:
    """From 1 to 4."""
    return (day.month + 2) // 3


def answer_times(days: Iterable[DayFigures]) -> AnswerTimes:
    minutes: Counter[int] = Counter()
    in_target = 0
    for it in days:
        minutes.update(it.answer_minutes)
        in_target += it.in_target
    return AnswerTimes(minutes.total(), in_target, percentile(minutes, 0.5), percentile(minutes, 0.9))


def percentile(counted: Mapping[int, int], share: float) -> int | None:
    """The smallest value that so many of all do not exceed; None of nothing."""
    rank, seen = ceil(share * sum(counted.values())), 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= rank:
            return value
    return None


def by_weekday_and_hour(days: Iterable[DayFigures]) -> list[tuple[int, ...]]:
    """Seven rows from Monday on, an hour each."""
    rows: list[Sequence[int]] = [NO_HOURS] * WEEKDAYS
    for it in days:
        rows[it.day.weekday()] = [had + more for had, more in zip(rows[it.day.weekday()], it.enquiries, strict=True)]
    assert all(len(row) == HOURS for row in rows)
    return [tuple(row) for row in rows]


def cases_of(days: Sequence[DayFigures]) -> dict[str, CasesDay]:
    """By kind: opened and answered in the span, overdue and open as it ended."""
    kinds = sorted({kind for it in days for kind in it.cases})
    last = days[-1].cases if days else {}
    return {
        kind: CasesDay(
            opened=sum(it.cases[kind].opened for it in days if kind in it.cases),
            answered=sum(it.cases[kind].answered for it in days if kind in it.cases),
            overdue=last[kind].overdue if kind in last else 0,
            open=last[kind].open if kind in last else 0,
        )
        for kind in kinds
    }


def opt_outs_of(days: Iterable[DayFigures]) -> dict[str, int]:
    """By newsletter, and NOT_NAMED."""
    found: Counter[str] = Counter()
    for it in days:
        found.update(it.opt_outs)
    return dict(found)


def change(now: int, before: int) -> float | None:
    """By which share of before it grew; None where there was nothing to grow."""
    return (now - before) / before if before else None


def _grouped(pairs: Iterator[tuple[object, date]]) -> dict[object, list[date]]:
    parts: dict[object, list[date]] = {}
    for key, day in pairs:
        parts.setdefault(key, []).append(day)
    return parts
