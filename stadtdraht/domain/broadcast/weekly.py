"""A weekly newsletter: the same weekday and hour in the town's own time, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.identifiers import BROADCAST, new_cause

WEEK = timedelta(days=7)
ISSUE_EARLY = timedelta(minutes=5)  # a scheduler that is a little early means the time to come
CLOCKS_CHANGE_ON = 6  # Sunday, counted from Monday = 0
CLOCKS_CHANGE_AT = 2  # the hour that is left out in spring and comes twice in autumn, all over the EU


def due(first: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The last time, in UTC, at which a weekly newsletter was due that began at `first`; `first` when none was."""
    wall = first.astimezone(zone).replace(tzinfo=None)
    weeks = max(0, ((now + ISSUE_EARLY).astimezone(zone).replace(tzinfo=None) - wall) // WEEK)
    return (wall + weeks * WEEK).replace(tzinfo=zone).astimezone(UTC)


def next_due(first: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The next time it is due; `first` when that is still to come."""
    if first > now:
        return first
    wall = due(first, zone, now).astimezone(zone).replace(tzinfo=None) + WEEK
    return wall.replace(tzinfo=zone).astimezone(UTC)


def same_every_week(first: datetime, zone: ZoneInfo) -> bool:
    """Whether every week has this hour, once."""
    wall = first.astimezone(zone)
    return (wall.weekday(), wall.hour) != (CLOCKS_CHANGE_ON, CLOCKS_CHANGE_AT)


def issue_id(series: Broadcast, at: datetime) -> str:
    """The same for the same week, however often it is asked."""
    random = sha256(f"{series.broadcast_id} {at.isoformat()}".encode()).hexdigest()[:6]
    return new_cause(series.town, BROADCAST, at, random)
