"""Opening a call, closing it early, and how it goes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.contests.contest import REMINDER_BEFORE, CallPhase
from stadtdraht.usecases.contests.entries import CallReport, call_report
from stadtdraht.usecases.contests.open_contest import CallChanged, CallNotFit, CallOverlaps, close_call, open_call
from tests.support.builders.contests import CLOSES, DURING, OPENS, a_call, a_yes, an_entry
from tests.support.fakes.contests import FakeCallReminders, FakeCalls

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
DAY = timedelta(days=1)


class Office:
    """Where calls are opened and closed."""

    def __init__(self):
        self.calls, self.reminders = FakeCalls(), FakeCallReminders()

    def opens(self, call=None, now=OPENS):
        open_call(call or a_call(), BOCHOLT, now, calls=self.calls, reminders=self.reminders)

    def closes(self, call, now=DURING):
        return close_call(call, now, calls=self.calls, reminders=self.reminders)


@pytest.fixture
def office():
    return Office()


def test_a_call_opens_and_its_reminder_is_set_a_day_before_the_end(office):
    office.opens()
    assert office.calls.current("bocholt", DURING) == a_call()
    assert office.reminders.set_for == {a_call().id: CLOSES - REMINDER_BEFORE}


def test_a_call_of_a_day_reminds_of_itself(office):
    office.opens(a_call(opens_at=CLOSES - DAY), now=OPENS)
    assert office.reminders.set_for == {}


def test_a_second_call_at_the_same_time_is_refused_with_the_way_out(office):
    office.opens()
    with pytest.raises(CallOverlaps, match=r"open until 2026-12-24 18:00.*stadtdraht call close bocholt-c-"):
        office.opens(a_call(id="bocholt-c-20261201-aaaaaa", opens_at=DURING, closes_at=CLOSES + DAY))
    office.opens(a_call(id="bocholt-c-20261224-aaaaaa", opens_at=CLOSES, closes_at=CLOSES + DAY))


def test_an_id_that_is_taken_is_not_overwritten(office):
    office.opens()
    with pytest.raises(CallChanged):
        office.opens(a_call(opens_at=CLOSES, closes_at=CLOSES + DAY))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": ""}, "a title has"),
        ({"title": "*Fett*"}, "a title has"),
        ({"keyword": "!!"}, "a keyword has"),
        ({"keyword": "STOP"}, "means something else"),
        ({"keyword": "Hallo"}, "means something else"),
        ({"closes_at": OPENS}, "over before it begins"),
        ({"closes_at": OPENS + 400 * DAY, "delete_at": OPENS + 500 * DAY}, "more than 366 days"),
        ({"delete_at": CLOSES}, "deleted before it ends"),
        ({"delete_at": CLOSES + 800 * DAY}, "730 days at most"),
        ({"delete_at": OPENS + 181 * DAY}, "photos are kept for 180 days"),
        ({"terms_url": "http://www.bocholt.de"}, "https://"),
        ({"entries_per_person": 0}, "1 to 20 entries"),
    ],
)
def test_what_cannot_be_a_call_is_refused_in_words(office, changes, why):
    with pytest.raises(CallNotFit, match=why):
        office.opens(a_call(**changes))
    assert not office.calls.all("bocholt")


def test_closed_early_it_is_over_at_once_and_nobody_is_reminded(office):
    office.opens()
    closed = office.closes(a_call())
    assert closed.phase(DURING) is CallPhase.LATE
    assert office.calls.get("bocholt", a_call().id) == closed
    assert office.reminders.set_for == {}
    with pytest.raises(CallNotFit, match="over already"):
        office.closes(closed)


def test_closing_what_somebody_else_changed_is_told(office):
    office.opens()
    office.calls.save(a_call(), a_call(version=2))
    with pytest.raises(CallChanged):
        office.closes(a_call())


def test_a_call_can_be_called_off_before_it_opens(office):
    office.opens(now=OPENS - DAY)
    assert office.closes(a_call(), now=OPENS - timedelta(hours=1)).phase(DURING) is CallPhase.OVER


def test_the_report_counts_by_the_days_of_the_town():
    calls = FakeCalls()
    before_midnight = DURING.replace(hour=22, minute=59)
    for number, at in enumerate([DURING, before_midnight, before_midnight + timedelta(minutes=1)]):
        calls.enter(an_entry(wamid=f"wamid.{number}", at=at, citizen_id="ab"[number % 2] * 20))
    calls.enter(replace(an_entry(), wamid="wamid.9", at=CLOSES, late=True))
    calls.accept(a_yes())
    found = call_report(a_call(), BOCHOLT, calls=calls)
    assert found == CallReport(3, 2, 1, 1, {"2026-12-01": 2, "2026-12-02": 1})
