"""A deadline as staff type it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.local_time import NotALocalTime, moment, start_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-12-24 18:00", datetime(2026, 12, 24, 17, 0, tzinfo=UTC)),
        ("2026-07-24T18:00", datetime(2026, 7, 24, 16, 0, tzinfo=UTC)),
        ("2026-10-25 01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25 03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2027-03-28 03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_summer_and_winter_each_have_their_own_hour(typed, utc):
    assert moment(typed, BERLIN) == utc


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-10-25 02:30", "gibt es zweimal"),
        ("2027-03-28 02:30", "gibt es nicht"),
        ("2026-12-24", "erwartet werden Tag und Uhrzeit"),
        ("24.12.2026 18:00", "erwartet werden Tag und Uhrzeit"),
        ("2026-12-24 18:00+01:00", "ohne Abstand"),
        ("", "erwartet werden Tag und Uhrzeit"),
        ("0001-01-01T00:00", "erwartet wird ein Jahr von 2000 bis 2200"),
        ("9999-12-31T23:59", "erwartet wird ein Jahr von 2000 bis 2200"),
    ],
)
def test_what_is_no_single_moment_is_refused_in_words(typed, why):
    with pytest.raises(NotALocalTime, match=why):
        moment(typed, BERLIN)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(["Europe/Berlin", "Europe/Lisbon"]))  # noqa: DTZ001 - as typed
def test_every_moment_that_is_taken_shows_as_it_was_typed(wall, zone):
    typed = f"{wall:%Y-%m-%d %H:%M}"
    try:
        found = moment(typed, ZoneInfo(zone))
    except NotALocalTime:
        around = [wall.replace(tzinfo=UTC) + timedelta(days=days) for days in (-1, 1)]
        assert len({it.astimezone(ZoneInfo(zone)).utcoffset() for it in around}) == 2
    else:
        assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == typed


def test_a_day_begins_at_its_local_midnight():
    assert start_of("2027-03-31", BERLIN) == datetime(2027, 3, 30, 22, 0, tzinfo=UTC)
    with pytest.raises(NotALocalTime, match="erwartet wird ein Tag"):
        start_of("Ostern", BERLIN)
