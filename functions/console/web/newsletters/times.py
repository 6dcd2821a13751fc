"""A day and an hour as staff type them, by the clock of their town."""

from datetime import UTC, datetime
from typing import Final

from functions.console.web.visit import Visit
from stadtdraht.domain.errors import StadtdrahtError

PAST: Final = "Diese Zeit ist schon vorbei."
NO_TIME: Final = "Nennen Sie Tag und Uhrzeit."


class NotATime(StadtdrahtError):
    """What is typed as day and hour is none, or over; the text is for staff."""


def typed_time(visit: Visit) -> datetime:
    """In UTC, and still to come. Raises NotATime."""
    try:
        wall = datetime.fromisoformat(f"{visit.form.get('day')}T{visit.form.get('hour')}")
    except ValueError as why:
        raise NotATime(NO_TIME) from why
    at = wall.replace(tzinfo=visit.town.zone).astimezone(UTC)
    if at <= visit.now:
        raise NotATime(PAST)
    return at
