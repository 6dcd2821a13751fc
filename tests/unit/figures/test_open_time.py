"""Office time between two moments: what staff could have used to answer."""

from datetime import UTC, datetime, time, timedelta

import pytest

from stadtdraht.domain.opening import open_time
from stadtdraht.domain.town import OpenHours
from tests.support.builders.crisis import a_town

HOURS = tuple(
    OpenHours(day, opens, closes) for day in range(5) for opens, closes in ((time(8), time(12)), (time(14), time(16)))
)
TOWN = a_town(office_hours=HOURS)


def at(day, hour, minute=0):
    """In November 2026, by the clock of Bocholt; the 30th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOWN.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (at(24, 9), at(24, 10), 1),
        (at(24, 11), at(24, 15), 2),  # over lunch
        (at(24, 20), at(25, 9), 1),  # over night
        (at(27, 15), at(30, 9), 2),  # over a weekend
        (at(28, 9), at(29, 20), 0),
        (at(24, 9), at(24, 9), 0),
        (at(24, 10), at(24, 9), 0),
    ],
)
def test_only_open_hours_count(since, until, hours):
    assert open_time(TOWN, since, until) == timedelta(hours=hours)


def test_a_holiday_of_the_land_counts_for_nothing():
    christmas = datetime(2026, 12, 25, 9, tzinfo=TOWN.zone)
    assert open_time(TOWN, christmas, christmas + timedelta(hours=2)) == timedelta()


def test_without_office_hours_all_time_counts():
    assert open_time(a_town(), at(24, 20), at(25, 9)) == timedelta(hours=13)
