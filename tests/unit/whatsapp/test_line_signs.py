"""Silence is seen: of a town that nobody hears any more, and of messages of which nothing is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.towns import line_signs as adapter
from stadtdraht.adapters.dynamodb.towns.line_signs import SignRows
from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.figures.silence import longest_silence
from stadtdraht.domain.whatsapp.line_signs import LineSigns, Sign, is_unheard
from stadtdraht.usecases.whatsapp.watch_line import watch_line
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.line_signs import FakeLineSigns

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
YESTERDAY = NOON.date() - timedelta(days=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def a_day(day, *hours):
    return DayFigures(day, NOON, messages=tuple(int(hour in hours) for hour in range(24)))


def days(count, *hours, last=YESTERDAY):
    return [a_day(last - timedelta(days=back), *hours) for back in reversed(range(count))]


def test_the_longest_silence_spans_the_nights():
    assert longest_silence(days(7, 8, 12, 20)) == timedelta(hours=12)


def test_the_longest_silence_spans_days_without_a_message():
    week = days(9, 8, 20)
    assert longest_silence(week[:4] + [a_day(it.day) for it in week[4:6]] + week[6:]) == timedelta(hours=60)


@pytest.mark.parametrize("known", [[], days(4, 8, 20), [a_day(date(2026, 11, 1))] * 9])
def test_of_a_new_town_nobody_knows_what_is_usual(known):
    assert longest_silence(known) is None
    assert not is_unheard(timedelta(days=9), None)


@pytest.mark.parametrize(
    ("silent_h", "usual_h", "unheard"),
    [(23, 12, False), (24, 12, False), (24.1, 12, True), (5.9, 1, False), (6.1, 1, True)],
)
def test_a_line_is_unheard_at_twice_its_longest_silence_and_not_within_six_hours(silent_h, usual_h, unheard):
    assert is_unheard(silent_h * HOUR, usual_h * HOUR) == unheard


@pytest.mark.parametrize(
    ("signs", "lack"),
    [
        (LineSigns(), False),
        (LineSigns(status=NOON), False),
        (LineSigns(accepted=NOON), True),
        (LineSigns(accepted=NOON, status=NOON - 30 * HOUR), True),
        (LineSigns(accepted=NOON, status=NOON - MINUTE), False),  # kept once a minute: the status may be newer
        (LineSigns(accepted=NOON, status=NOON - 3 * MINUTE), True),
        (LineSigns(accepted=NOON - 30 * HOUR, status=NOON), False),
    ],
)
def test_statuses_are_lacking_when_meta_took_messages_after_the_last_one(signs, lack):
    assert signs.lack_statuses() == lack


def watched(signs, known=()):
    figures = FakeFigureDays()
    for day in known:
        figures.save("vreden", day)
    return watch_line("vreden", NOON, FakeLineSigns({"vreden": signs}), figures)


def test_a_town_that_was_heard_lately_is_not_asked_for_its_figures():
    class NoFigures(FakeFigureDays):
        def between(self, town, first, last):
            raise AssertionError("figures were read")

    state = watch_line("vreden", NOON, FakeLineSigns({"vreden": LineSigns(heard=NOON - 5 * HOUR)}), NoFigures())
    assert not state.unheard


def test_a_town_is_unheard_for_twice_as_long_as_ever_in_four_weeks():
    usual = days(28, 7, 12, 19)  # twelve hours each night
    assert not watched(LineSigns(heard=NOON - 20 * HOUR), usual).unheard
    state = watched(LineSigns(heard=NOON - 25 * HOUR), usual)
    assert (state.unheard, state.silent_for) == (True, 25 * HOUR)


def test_what_was_usual_before_four_weeks_counts_no_more():
    before = days(28, 12, last=NOON.date() - timedelta(days=30))
    assert not watched(LineSigns(heard=NOON - timedelta(days=3)), before).unheard


def test_a_town_that_no_webhook_ever_came_for_is_a_matter_of_its_set_up():
    assert not watched(LineSigns(), days(28, 8, 20)).unheard


def test_a_process_writes_a_sign_once_a_minute_for_each_town(monkeypatch):
    now = [NOON]

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now[0]

    monkeypatch.setattr(adapter, "datetime", Clock)
    rows = SignRows()
    seen = [("vreden", Sign.HEARD), ("vreden", Sign.STATUS), ("vreden", Sign.HEARD)]
    assert [(it["pk"], it["sk"]) for it in rows.due(seen)] == [("vreden#LINE", "heard"), ("vreden#LINE", "status")]
    assert rows.due(seen) == []
    assert [it["pk"] for it in rows.due([("bocholt", Sign.HEARD)])] == ["bocholt#LINE"]
    now[0] += MINUTE
    assert [(it["sk"], it["at"]) for it in rows.due(seen[:1])] == [("heard", "2026-12-01T12:01:00.000Z")]
