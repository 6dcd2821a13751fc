"""Which newsletters stand on which days of a few weeks, by the clock of the town, and which weeks are silent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.weekly import WEEK, next_due
from stadtdraht.domain.town import Town

WEEKS = 4
DAYS_OF_WEEK = 7


class Mark(StrEnum):
    """How a newsletter stands on its day."""

    DONE = "done"
    RUNNING = "running"
    HELD = "held"
    """Some of it is out, and nobody sends it on."""
    ASKED = "asked"
    """Proposed for that day, and not released."""
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A newsletter on one day."""

    broadcast: Broadcast
    mark: Mark


@dataclass(frozen=True, slots=True)
class Calendar:
    """Four weeks from the Monday of the week before this one."""

    first: date
    days: Mapping[date, tuple[CalendarEntry, ...]]
    today: date

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """Every day, week by week."""
        return tuple(
            tuple(self.first + timedelta(week * DAYS_OF_WEEK + day) for day in range(DAYS_OF_WEEK))
            for week in range(WEEKS)
        )

    def is_silent(self, week: Sequence[date]) -> bool:
        """Whether nothing is planned in a week that has not begun."""
        return week[0] > self.today and not any(self.days.get(day) for day in week)


def calendar(
    broadcasts: Sequence[Broadcast], finished: frozenset[str], left: frozenset[str], town: Town, now: datetime
) -> Calendar:
    """finished: ids of those whose slices are all done; left: of those that run, and that nobody sends any more."""
    today = now.astimezone(town.zone).date()
    first = today - timedelta(today.weekday()) - WEEK
    last = first + timedelta(WEEKS * DAYS_OF_WEEK - 1)
    issued = {(it.series, _day(it.goes_at, town)) for it in broadcasts if it.series}
    days: dict[date, tuple[CalendarEntry, ...]] = {}
    for broadcast in reversed(broadcasts):
        for day, mark in _days(broadcast, finished, left, town, now, last):
            is_issued = bool(broadcast.repeat) and (broadcast.broadcast_id, day) in issued
            if first <= day <= last and not is_issued:
                days[day] = (*days.get(day, ()), CalendarEntry(broadcast, mark))
    return Calendar(first, days, today)


def _days(
    broadcast: Broadcast, finished: frozenset[str], left: frozenset[str], town: Town, now: datetime, last: date
) -> Iterator[tuple[date, Mark]]:
    state = broadcast.state
    if broadcast.repeat:
        if state is BroadcastState.SCHEDULED and broadcast.starts_at:
            day = _day(next_due(broadcast.starts_at, town.zone, now), town)
            while day <= last:
                yield day, Mark.PLANNED
                day += WEEK
    elif broadcast.has_begun:
        first = broadcast.portions[0].starts_at if broadcast.portions else broadcast.begun_at
        yield _day(first, town), _mark(broadcast, finished, left)
    elif state is BroadcastState.SCHEDULED and broadcast.starts_at:
        yield _day(broadcast.starts_at, town), Mark.PLANNED
    elif broadcast.asked and broadcast.asked.starts_at:
        yield _day(broadcast.asked.starts_at, town), Mark.ASKED


def _mark(broadcast: Broadcast, finished: frozenset[str], left: frozenset[str]) -> Mark:
    """Of one that has begun."""
    if broadcast.broadcast_id in finished:
        return Mark.DONE
    runs = broadcast.state is BroadcastState.RUNNING and broadcast.broadcast_id not in left
    return Mark.RUNNING if runs else Mark.HELD


def _day(at: datetime, town: Town) -> date:
    return at.astimezone(town.zone).date()
