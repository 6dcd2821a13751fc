"""How often a town promised to write: to nobody more newsletters in any week, or in any four weeks, than it said.

Warnings are no newsletters: they go out whenever they must.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.weekly import WEEK
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Promise, PromisedEvery, Town

DAYS = {PromisedEvery.WEEK: 7, PromisedEvery.MONTH: 28}  # four weeks: a month of any length has them


@dataclass(frozen=True, slots=True)
class TooOften:
    """Why a newsletter must not start on a day; words for the press office stand in texts/staff/newsletter_lint.py."""

    town: str
    promise: Promise
    day: date
    near: tuple[tuple[date, str], ...]
    """The newsletters that it would come on top of: day and title."""

    def __str__(self) -> str:
        newsletters = "newsletter" if self.promise.most == 1 else "newsletters"
        every = "week" if self.promise.every is PromisedEvery.WEEK else "four weeks"
        named = ", ".join(f"“{title}” on {on:%Y-%m-%d}" for on, title in self.near)
        return (
            f"{self.town} promised its readers at most {self.promise.most} {newsletters} in any {every}; "
            f"on {self.day:%Y-%m-%d} it would come on top of {named}"
        )


class PromiseBroken(StadtdrahtError):
    """Readers would get more newsletters than the town promised."""

    def __init__(self, why: TooOften) -> None:
        super().__init__(f"{why}; take another day or other readers")
        self.why = why


def too_often(
    broadcast: Broadcast, town: Town, at: datetime, now: datetime, others: Sequence[Broadcast]
) -> TooOften | None:
    """Why it must not start at this moment; None when the promise is kept.

    others: newsletters of the town. Those count that went out or are scheduled, that somebody who gets this one may
    get as well, and a weekly one on each of its days to come.
    """
    promise = town.promise
    if promise is None:
        return None
    days, day, today = DAYS[promise.every], _on_the_wall(at, town), _on_the_wall(now, town)
    near = [
        (on, other.title)
        for other in others
        if not _same(broadcast, other) and _share_readers(broadcast, other)
        for on in _days(other, town, today, day + timedelta(days))
        if abs((on - day).days) < days
    ]
    if broadcast.repeat and days > WEEK.days:
        near += [(day + week * WEEK, broadcast.title) for week in range(1, days // WEEK.days)]
    for first in range(days):
        begins = day - timedelta(days - 1 - first)
        within = sorted(it for it in near if begins <= it[0] < begins + timedelta(days))
        if len(within) >= promise.most:
            return TooOften(town.name, promise, day, tuple(within))
    return None


def _days(broadcast: Broadcast, town: Town, today: date, before: date) -> Iterator[date]:
    """On which days it went out or will; a newsletter over several days comes to each reader once, on its first."""
    if broadcast.state is BroadcastState.DRAFT or (broadcast.state is BroadcastState.RELEASED and not broadcast.lanes):
        return
    if broadcast.state is BroadcastState.STOPPED and not broadcast.lanes:
        return
    first = broadcast.portions[0].starts_at if broadcast.portions else broadcast.begun_at
    day = _on_the_wall(first, town)
    if not broadcast.repeat:
        yield day
        return
    while day < before:
        if day >= today:  # those before are issues of their own
            yield day
        day += WEEK


def _same(broadcast: Broadcast, other: Broadcast) -> bool:
    """Itself, or the series that it is an issue of. Issues of its own count, so that it keeps a week's distance to the
    last one also where it is put on another day.
    """
    return other.broadcast_id in {broadcast.broadcast_id, broadcast.series}


def _share_readers(one: Broadcast, other: Broadcast) -> bool:
    """Whether somebody may get both. Topics part nobody: who named none takes all of them."""
    return all(
        not mine or not theirs or not mine.isdisjoint(theirs)
        for mine, theirs in ((one.districts, other.districts), (one.languages, other.languages))
    )


def _on_the_wall(at: datetime, town: Town) -> date:
    return at.astimezone(town.zone).date()
