"""A newsletter over several days: when each day's portion starts, and which slices it has."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.daily_limit import DAY, LOOK_AGAIN, MOST_DAYS
from stadtdraht.domain.broadcast.slicing import lasts_s

SLACK = timedelta(minutes=10)  # for what a crisis, a throttle or a restart may have held up


def next_start(started_at: datetime, people: int, rate_mps: int) -> datetime:
    """When the last of a portion is 24 hours old, so that its places at Meta are free again; a whole minute, as a
    schedule knows it.

    Should some of it have gone out later, the next portion counts them in and takes fewer.
    """
    if not people:
        return (started_at + LOOK_AGAIN).replace(second=0, microsecond=0)
    return (started_at + DAY + timedelta(seconds=lasts_s(people, rate_mps)) + SLACK).replace(second=0, microsecond=0)


def last_cut_at(broadcast: Broadcast) -> datetime:
    """After this no further portion is cut: what is left of it is old news."""
    return broadcast.expires_at or broadcast.goes_at + MOST_DAYS * DAY


def starts_after_s(people_per_day: Sequence[int], rate_mps: int) -> list[float]:
    """Seconds from the first portion's start to each portion's, when nothing holds them up."""
    begin = datetime.min.replace(tzinfo=UTC)
    starts = [begin]
    for people in people_per_day[:-1]:
        starts.append(next_start(starts[-1], people, rate_mps))
    return [(start - begin).total_seconds() for start in starts][: len(people_per_day)]
