"""Port Contests: one suite for the fake and for the adapter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.contests import DynamoContests, acceptance_changes, entry_changes, rows_of_contests
from stadtdraht.domain.contests.contest import LATE_NOTE_FOR, withdrawn
from tests.support.builders.contests import ANKE, CLOSES, DELETED, DURING, OPENS, a_contest, a_yes, an_entry
from tests.support.fakes.contests import FakeContests

BERND = "b" * 20


class OnTheTable(DynamoContests):
    """With what a citizen's transaction does, so that one suite serves both."""

    def enter(self, entry):
        self.table.client.transact_write_items(TransactItems=entry_changes(self.table.name, entry))

    def accept(self, acceptance):
        self.table.client.transact_write_items(TransactItems=acceptance_changes(self.table.name, acceptance))


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def contests(request):
    return FakeContests() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))


def test_a_contest_comes_back_as_it_was_saved(contests):
    closed = a_contest(id="bocholt-c-20260901-aaaaaa", closed_at=OPENS, guardian_note=False, entries_per_person=1)
    assert contests.save(None, a_contest())
    assert contests.save(None, closed)
    assert contests.get("bocholt", a_contest().id) == a_contest()
    assert list(contests.all("bocholt")) == [closed, a_contest()]
    assert contests.get("vreden", a_contest().id) is None


def test_of_two_who_change_a_contest_one_is_told(contests):
    assert contests.save(None, a_contest())
    assert not contests.save(None, a_contest())
    assert contests.save(a_contest(), a_contest(closed_at=DURING, version=2))
    assert not contests.save(a_contest(), a_contest(title="Anders", version=2))
    assert contests.get("bocholt", a_contest().id).closed_at == DURING


def test_the_current_contest_is_the_open_one_or_one_just_over(contests):
    before = a_contest(id="bocholt-c-20261001-aaaaaa", opens_at=OPENS - timedelta(days=30), closes_at=OPENS)
    for contest in (before, a_contest()):
        contests.save(None, contest)
    assert contests.current("bocholt", before.opens_at - timedelta(seconds=1)) is None
    assert contests.current("bocholt", OPENS - timedelta(seconds=1)) == before
    assert contests.current("bocholt", OPENS) == a_contest()
    assert contests.current("bocholt", CLOSES) == a_contest()
    assert contests.current("bocholt", CLOSES + LATE_NOTE_FOR) is None
    assert contests.current("vreden", OPENS) is None


def test_entries_are_kept_in_order_of_time_and_found_by_person(contests):
    late = an_entry(wamid="wamid.9", entry_id="9", at=DURING + timedelta(days=1), text="")
    other = an_entry(wamid="wamid.2", entry_id="2", at=DURING + timedelta(hours=1), citizen_id=BERND)
    for entry in (late, other, an_entry(), an_entry()):
        contests.enter(entry)
    assert list(contests.entries("bocholt", a_contest().id)) == [an_entry(), other, late]
    assert list(contests.entries_of("bocholt", a_contest().id, ANKE)) == [an_entry(), late]
    assert not contests.entries("bocholt", "bocholt-c-20260901-aaaaaa")


def test_what_came_late_is_counted_and_is_no_entry(contests):
    contests.enter(an_entry(wamid="wamid.2", at=CLOSES, text="", late=True))
    contests.enter(an_entry())
    assert list(contests.entries("bocholt", a_contest().id)) == [an_entry()]
    assert list(contests.entries_of("bocholt", a_contest().id, ANKE)) == [an_entry()]
    assert (contests.late("bocholt", a_contest().id), contests.late("vreden", a_contest().id)) == (1, 0)
    (mine,) = contests.set_aside_of("bocholt", a_contest().id, ANKE)
    assert (mine.wamid, mine.at, mine.late) == ("wamid.2", CLOSES, True)
    assert not contests.set_aside_of("bocholt", a_contest().id, BERND)


def test_what_its_person_took_back_takes_no_part_and_leaves_no_words(contests):
    contests.enter(an_entry())
    contests.enter(withdrawn(an_entry()))
    assert not contests.entries("bocholt", a_contest().id)
    assert not contests.entries_of("bocholt", a_contest().id, ANKE)
    assert list(contests.set_aside_of("bocholt", a_contest().id, ANKE)) == [withdrawn(an_entry())]
    assert withdrawn(an_entry()).text == ""


def test_a_withdrawn_entry_is_gone(contests):
    contests.enter(an_entry())
    for _ in range(2):
        contests.withdraw(an_entry())
    assert not contests.entries("bocholt", a_contest().id)


def test_a_yes_to_the_terms_is_kept(contests):
    contests.accept(a_yes())
    assert contests.accepted("bocholt", a_contest().id, ANKE) == a_yes()
    assert contests.accepted("bocholt", a_contest().id, BERND) is None
    assert list(contests.acceptances("bocholt", a_contest().id)) == [a_yes()]


def test_a_person_is_reminded_once_per_contest(contests):
    assert contests.mark_reminded(a_contest(), ANKE)
    assert not contests.mark_reminded(a_contest(), ANKE)
    assert contests.mark_reminded(a_contest(), BERND)


@pytest.mark.local_aws
def test_a_citizens_rows_lead_to_all_they_have_in_contests_and_all_of_it_ends_with_the_contest(table):
    contests = OnTheTable(table)
    contests.enter(an_entry())
    contests.enter(an_entry(wamid="wamid.2", late=True))
    contests.accept(a_yes())
    contests.mark_reminded(a_contest(), ANKE)
    own = list(table.query(keys.citizen("bocholt", ANKE)))
    theirs = list(table.query(keys.contest("bocholt", a_contest().id)))
    assert {row["expires_at"] for row in own + theirs} == {int(DELETED.timestamp())}
    assert {(row["pk"], row["sk"]) for row in theirs} <= set(rows_of_contests("bocholt", ANKE, own))


@pytest.mark.local_aws
def test_the_current_contest_is_read_once_in_some_seconds(table):
    now = [100.0]
    contests = DynamoContests(table, lambda: now[0])
    assert contests.current("bocholt", DURING) is None
    DynamoContests(table).save(None, a_contest())
    assert contests.current("bocholt", DURING) is None
    now[0] += 5
    assert contests.current("bocholt", DURING) == a_contest()
    closed = replace(a_contest(), closed_at=DURING, version=2)
    assert contests.save(a_contest(), closed)
    assert contests.current("bocholt", DURING) == closed
