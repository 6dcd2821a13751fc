"""A date and time as staff type it, in the zone of their town: one moment, or a clear word why it is none."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from stadtdraht.domain.errors import StadtdrahtError

YEARS = range(2000, 2201)  # nothing of a town's lies beyond; at the calendar's ends a zone's offset would overflow


class NotALocalTime(StadtdrahtError):
    """What was typed names no moment, or two."""


def moment(typed: str, zone: ZoneInfo) -> datetime:
    """The moment in UTC that "2026-12-24 18:00" (or with a T) is in the zone. Raises NotALocalTime.

    In the hour that a clock change leaves out or repeats, nobody could say when a deadline is; such a time is refused.
    """
    try:
        wall = datetime.fromisoformat(typed)
    except ValueError:
        wall = None
    if wall is None or len(typed.strip()) <= len("2026-12-24"):
        raise NotALocalTime(f"„{typed}“: erwartet werden Tag und Uhrzeit wie 2026-12-24 18:00")
    _check_year(typed, wall)
    if wall.tzinfo is not None:
        raise NotALocalTime(f"„{typed}“: bitte ohne Abstand zu UTC; die Zeit gilt in {zone.key}")
    earlier = wall.replace(tzinfo=zone)
    later = wall.replace(tzinfo=zone, fold=1)
    if earlier.utcoffset() != later.utcoffset():
        there = earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        why = (
            "gibt es zweimal, denn die Uhr wird zurückgestellt"
            if there
            else "gibt es nicht, denn die Uhr wird vorgestellt"
        )
        raise NotALocalTime(f"„{typed}“: Diese Uhrzeit {why} (in {zone.key}). Nehmen Sie eine andere")
    return earlier.astimezone(UTC)


def start_of(typed: str, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, of a day like "2027-03-31" in the zone. Raises NotALocalTime."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise NotALocalTime(f"„{typed}“: erwartet wird ein Tag wie 2027-03-31") from None
    _check_year(typed, day)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _check_year(typed: str, day: date) -> None:
    if day.year not in YEARS:
        raise NotALocalTime(f"„{typed}“: erwartet wird ein Jahr von {YEARS[0]} bis {YEARS[-1]}")
