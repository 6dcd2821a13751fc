"""When a town hall is open, and which days count as working days: public holidays of its Land.

Source of the holidays: the `holidays` library, Germany by Land.
"""

from datetime import date, datetime, time, timedelta
from functools import cache

from stadtdraht.domain.town import Town

SATURDAY = 5
LOOKED_AHEAD = 21  # days; Christmas to Epiphany is the longest a town hall rests
LONGEST_SPAN = timedelta(days=366)


@cache
def _holidays(land: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # only functions that follow messages up pay for it

    return frozenset(country_holidays("DE", subdiv=land, years=year))


def is_working_day(town: Town, day: date) -> bool:
    """Monday to Friday, unless it is a public holiday of the town's Land."""
    return day.weekday() < SATURDAY and day not in _holidays(town.land, day.year)


def after_working_days(town: Town, at: datetime, count: int) -> datetime:
    """The end of the count-th working day after `at`, at midnight there; a day of rest counts for nothing."""
    day = at.astimezone(town.zone).date()
    left = count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(town, day)
    return datetime.combine(day + timedelta(days=1), time(), town.zone).astimezone(at.tzinfo)


def is_open(town: Town, at: datetime) -> bool:
    """Whether somebody reads now. A town without office hours never says that it is closed."""
    if not town.office_hours:
        return True
    local = at.astimezone(town.zone)
    return any(opens <= local < closes for opens, closes in hours_of(town, local.date()))


def next_opening(town: Town, at: datetime) -> datetime | None:
    """The next moment that somebody begins to read, in the town's time zone; None when none is known."""
    local = at.astimezone(town.zone)
    for ahead in range(LOOKED_AHEAD):
        for opens, _ in hours_of(town, local.date() + timedelta(days=ahead)):
            if opens > local:
                return opens
    return None


def closes_at(town: Town, at: datetime) -> datetime | None:
    """When the stretch that is open now ends, in the town's time zone; None when it is closed, or never closes."""
    local = at.astimezone(town.zone)
    return next((closes for opens, closes in hours_of(town, local.date()) if opens <= local < closes), None)


def open_time(town: Town, since: datetime, until: datetime) -> timedelta:
    """How much office time lies between two moments. For a town without office hours all of it counts; of a
    span of more than a year, a year.
    """
    if not town.office_hours:
        return max(until - since, timedelta())
    since = max(since, until - LONGEST_SPAN)
    first, last = since.astimezone(town.zone).date(), until.astimezone(town.zone).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    parts = (min(closes, until) - max(opens, since) for day in days for opens, closes in hours_of(town, day))
    return sum((part for part in parts if part > timedelta()), timedelta())


def hours_of(town: Town, day: date) -> list[tuple[datetime, datetime]]:
    """When the town hall opens and closes on this day, in the town's time zone; nothing on public holidays."""
    if day in _holidays(town.land, day.year):
        return []
    hours = sorted((one.opens, one.closes) for one in town.office_hours if one.weekday == day.weekday())
    return [
        (datetime.combine(day, opens, town.zone), datetime.combine(day, closes, town.zone)) for opens, closes in hours
    ]
