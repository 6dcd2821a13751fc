"""Opening a contest, closing it early, and how it goes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.cli.advice import with_advice
from stadtdraht.domain.contests.contest import REMINDER_BEFORE, ContestPhase
from stadtdraht.usecases.contests.entries import ContestReport, contest_report
from stadtdraht.usecases.contests.open_contest import (
    ContestChanged,
    ContestNotFit,
    ContestsOverlap,
    close_contest,
    open_contest,
)
from tests.support.builders.contests import CLOSES, DURING, OPENS, a_contest, a_yes, an_entry
from tests.support.fakes.contests import FakeContestReminders, FakeContests

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
DAY = timedelta(days=1)


class ContestHarness:
    """Where contests are opened and closed."""

    def __init__(self):
        self.contests, self.reminders = FakeContests(), FakeContestReminders()

    def opens(self, contest=None, now=OPENS):
        open_contest(contest or a_contest(), BOCHOLT, now, contests=self.contests, reminders=self.reminders)

    def closes(self, contest, now=DURING):
        return close_contest(contest, now, contests=self.contests, reminders=self.reminders)


@pytest.fixture
def office():
    return ContestHarness()


def test_a_contest_opens_and_its_reminder_is_set_a_day_before_the_end(office):
    office.opens()
    assert office.contests.current("bocholt", DURING) == a_contest()
    assert office.reminders.set_for == {a_contest().id: CLOSES - REMINDER_BEFORE}


def test_a_contest_of_a_day_reminds_of_itself(office):
    office.opens(a_contest(opens_at=CLOSES - DAY), now=OPENS)
    assert office.reminders.set_for == {}


def test_a_second_contest_at_the_same_time_is_refused_with_the_way_out(office):
    office.opens()
    with pytest.raises(ContestsOverlap, match="open until 2026-12-24 18:00") as refused:
        office.opens(a_contest(id="bocholt-c-20261201-aaaaaa", opens_at=DURING, closes_at=CLOSES + DAY))
    assert f"stadtdraht contest close {a_contest().id}" in with_advice(refused.value)
    office.opens(a_contest(id="bocholt-c-20261224-aaaaaa", opens_at=CLOSES, closes_at=CLOSES + DAY))


def test_an_id_that_is_taken_is_not_overwritten(office):
    office.opens()
    with pytest.raises(ContestChanged):
        office.opens(a_contest(opens_at=CLOSES, closes_at=CLOSES + DAY))


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
def test_what_cannot_be_a_contest_is_refused_in_words(office, changes, why):
    with pytest.raises(ContestNotFit, match=why):
        office.opens(a_contest(**changes))
    assert not office.contests.all("bocholt")


def test_closed_early_it_is_over_at_once_and_nobody_is_reminded(office):
    office.opens()
    closed = office.closes(a_contest())
    assert closed.phase(DURING) is ContestPhase.LATE
    assert office.contests.get("bocholt", a_contest().id) == closed
    assert office.reminders.set_for == {}
    with pytest.raises(ContestNotFit, match="over already"):
        office.closes(closed)


def test_closing_what_somebody_else_changed_is_told(office):
    office.opens()
    office.contests.save(a_contest(), a_contest(version=2))
    with pytest.raises(ContestChanged):
        office.closes(a_contest())


def test_a_contest_can_be_called_off_before_it_opens(office):
    office.opens(now=OPENS - DAY)
    assert office.closes(a_contest(), now=OPENS - timedelta(hours=1)).phase(DURING) is ContestPhase.OVER


def test_the_report_counts_by_the_days_of_the_town():
    contests = FakeContests()
    before_midnight = DURING.replace(hour=22, minute=59)
    for number, at in enumerate([DURING, before_midnight, before_midnight + timedelta(minutes=1)]):
        contests.enter(an_entry(wamid=f"wamid.{number}", at=at, citizen_id="ab"[number % 2] * 20))
    contests.enter(replace(an_entry(), wamid="wamid.9", at=CLOSES, late=True))
    contests.accept(a_yes())
    found = contest_report(a_contest(), BOCHOLT, contests=contests)
    assert found == ContestReport(3, 2, 1, 1, {"2026-12-01": 2, "2026-12-02": 1})
