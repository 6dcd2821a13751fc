"""Silence and overload are told by what is usual in this town."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.domain.figures.day import DayFigures, SentNewsletter, Signal, SignalKind
from stadtdraht.domain.figures.signals import signals
from stadtdraht.domain.figures.workload import forecast

MONDAY = date(2026, 9, 7)
SENT = (SentNewsletter("bocholt-n-20261124-abcdef", "Wochenmarkt", 10),)


def a_day(number, asked=0, *, sent=False, waiting_long=0):
    hours = (*(0,) * 9, asked, *(0,) * 14)
    return DayFigures(
        MONDAY + timedelta(days=number),
        datetime(2026, 11, 25, tzinfo=UTC),
        sent=SENT if sent else (),
        messages=hours,
        enquiries=hours,
        waiting_long=waiting_long,
    )


def kinds(days, *, sends_news=True):
    return [it.kind for it in signals(days, sends_news=sends_news)]


def spoken(pattern):
    return [a_day(number, int(asked)) for number, asked in enumerate(pattern)]


@pytest.mark.parametrize(
    ("pattern", "silent"),
    [
        ("3333300333330033333", False),
        ("33333003333300333330", False),
        ("333330033333003333300", False),  # a weekend, as always
        ("333330033333003333300" + "0", True),
        ("1000001000001000001000001" + "00000", False),  # somebody writes every sixth day
        ("1000001000001000001000001" + "000000", True),
        ("1100000000000", False),  # too few to know what is usual
    ],
)
def test_nobody_writes_for_longer_than_ever_lately(pattern, silent):
    assert (SignalKind.NOBODY_WRITES in kinds(spoken(pattern))) is silent


def test_the_length_of_a_silence_is_told():
    assert signals(spoken("333330033333003333300" + "0"), sends_news=False) == (Signal(SignalKind.NOBODY_WRITES, 3, 2),)


def letters(*numbers, until):
    return [a_day(number, 1, sent=number in numbers) for number in range(until + 1)]


@pytest.mark.parametrize(
    ("sent", "until", "silent"),
    [
        ((0, 7, 14), 28, False),
        ((0, 7, 14), 29, True),
        ((0, 1, 2, 3), 10, False),  # a week is no silence
        ((0, 1, 2, 3), 11, True),
        ((0,), 35, False),
        ((0,), 36, True),
        ((), 90, False),
    ],
)
def test_no_newsletter_for_twice_the_habit(sent, until, silent):
    days = letters(*sent, until=until)
    assert (SignalKind.NO_NEWSLETTER in kinds(days)) is silent
    assert SignalKind.NO_NEWSLETTER not in kinds(days, sends_news=False)


@pytest.mark.parametrize(
    ("before", "long", "piles_up"), [((1, 1, 1), 5, True), ((1, 1, 1), 4, False), ((4, 4, 4), 8, False), ((), 6, True)]
)
def test_waits_pile_up_where_more_wait_long_than_usual(before, long, piles_up):
    days = [a_day(number, 1, waiting_long=it) for number, it in enumerate((*before, long))]
    assert (SignalKind.WAITS_PILE_UP in kinds(days)) is piles_up


def test_a_day_that_was_counted_late_says_nothing_of_waits():
    assert kinds([a_day(0, 1, waiting_long=1), a_day(1, 1, waiting_long=None)]) == []


def is_working_day(day):
    return day.weekday() < 5 and day != date(2026, 10, 6)


def test_work_is_foretold_from_the_middle_half_of_working_days():
    days = spoken("2332300" * 4)
    found = forecast(days, is_working_day)
    assert (found.low, found.high, found.after_newsletter) == (2, 3, None)
    assert found.by_weekday == (2, 3, 3, 2, 3, 0, 0)
    assert found.next_week == 2 + 0 + 3 + 2 + 3  # Tuesday is a holiday


def test_days_of_newsletters_are_told_apart():
    days = [a_day(n, 12 if n % 7 == 2 else 3 if n % 7 < 5 else 0, sent=n % 7 == 2) for n in range(28)]
    found = forecast(days, is_working_day)
    assert (found.low, found.high, found.after_newsletter) == (3, 3, (12, 12))


def test_too_few_days_foretell_nothing():
    assert forecast(spoken("2332300" + "23"), is_working_day) is None
    assert forecast([], is_working_day) is None
