"""Port Calls: one suite for the fake and for the adapter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.contests import DynamoCalls, acceptance_changes, elsewhere, entry_changes
from stadtdraht.domain.contests.contest import LATE_NOTE_FOR
from tests.support.builders.contests import ANKE, CLOSES, DELETED, DURING, OPENS, a_call, a_yes, an_entry
from tests.support.fakes.contests import FakeCalls

BERND = "b" * 20


class OnTheTable(DynamoCalls):
    """With what a citizen's transaction does, so that one suite serves both."""

    def enter(self, entry):
        self.table.client.transact_write_items(TransactItems=entry_changes(self.table.name, entry))

    def accept(self, acceptance):
        self.table.client.transact_write_items(TransactItems=acceptance_changes(self.table.name, acceptance))


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def calls(request):
    return FakeCalls() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))


def test_a_call_comes_back_as_it_was_saved(calls):
    closed = a_call(id="bocholt-c-20260901-aaaaaa", closed_at=OPENS, guardian_note=False, entries_per_person=1)
    assert calls.save(None, a_call())
    assert calls.save(None, closed)
    assert calls.get("bocholt", a_call().id) == a_call()
    assert list(calls.all("bocholt")) == [closed, a_call()]
    assert calls.get("vreden", a_call().id) is None


def test_of_two_who_change_a_call_one_is_told(calls):
    assert calls.save(None, a_call())
    assert not calls.save(None, a_call())
    assert calls.save(a_call(), a_call(closed_at=DURING, version=2))
    assert not calls.save(a_call(), a_call(title="Anders", version=2))
    assert calls.get("bocholt", a_call().id).closed_at == DURING


def test_the_current_call_is_the_open_one_or_one_just_over(calls):
    before = a_call(id="bocholt-c-20261001-aaaaaa", opens_at=OPENS - timedelta(days=30), closes_at=OPENS)
    for call in (before, a_call()):
        calls.save(None, call)
    assert calls.current("bocholt", before.opens_at - timedelta(seconds=1)) is None
    assert calls.current("bocholt", OPENS - timedelta(seconds=1)) == before
    assert calls.current("bocholt", OPENS) == a_call()
    assert calls.current("bocholt", CLOSES) == a_call()
    assert calls.current("bocholt", CLOSES + LATE_NOTE_FOR) is None
    assert calls.current("vreden", OPENS) is None


def test_entries_are_kept_in_order_of_time_and_found_by_person(calls):
    late = an_entry(wamid="wamid.9", entry_id="9", at=DURING + timedelta(days=1), text="")
    other = an_entry(wamid="wamid.2", entry_id="2", at=DURING + timedelta(hours=1), citizen_id=BERND)
    for entry in (late, other, an_entry(), an_entry()):
        calls.enter(entry)
    assert list(calls.entries("bocholt", a_call().id)) == [an_entry(), other, late]
    assert list(calls.entries_of("bocholt", a_call().id, ANKE)) == [an_entry(), late]
    assert not calls.entries("bocholt", "bocholt-c-20260901-aaaaaa")


def test_what_came_late_is_counted_and_is_no_entry(calls):
    calls.enter(an_entry(wamid="wamid.2", at=CLOSES, text="", late=True))
    calls.enter(an_entry())
    assert list(calls.entries("bocholt", a_call().id)) == [an_entry()]
    assert list(calls.entries_of("bocholt", a_call().id, ANKE)) == [an_entry()]
    assert (calls.late("bocholt", a_call().id), calls.late("vreden", a_call().id)) == (1, 0)


def test_a_withdrawn_entry_is_gone(calls):
    calls.enter(an_entry())
    for _ in range(2):
        calls.withdraw(an_entry())
    assert not calls.entries("bocholt", a_call().id)


def test_a_yes_to_the_terms_is_kept(calls):
    calls.accept(a_yes())
    assert calls.accepted("bocholt", a_call().id, ANKE) == a_yes()
    assert calls.accepted("bocholt", a_call().id, BERND) is None
    assert list(calls.acceptances("bocholt", a_call().id)) == [a_yes()]


def test_a_person_is_reminded_once_per_call(calls):
    assert calls.mark_reminded(a_call(), ANKE)
    assert not calls.mark_reminded(a_call(), ANKE)
    assert calls.mark_reminded(a_call(), BERND)


@pytest.mark.local_aws
def test_a_citizens_rows_lead_to_all_they_have_in_calls_and_all_of_it_ends_with_the_call(table):
    calls = OnTheTable(table)
    calls.enter(an_entry())
    calls.enter(an_entry(wamid="wamid.2", late=True))
    calls.accept(a_yes())
    calls.mark_reminded(a_call(), ANKE)
    own = list(table.query(keys.citizen("bocholt", ANKE)))
    theirs = list(table.query(keys.call("bocholt", a_call().id)))
    assert {row["expires_at"] for row in own + theirs} == {int(DELETED.timestamp())}
    assert {(row["pk"], row["sk"]) for row in theirs} <= set(elsewhere("bocholt", ANKE, own))


@pytest.mark.local_aws
def test_the_current_call_is_read_once_in_some_seconds(table):
    now = [100.0]
    calls = DynamoCalls(table, lambda: now[0])
    assert calls.current("bocholt", DURING) is None
    DynamoCalls(table).save(None, a_call())
    assert calls.current("bocholt", DURING) is None
    now[0] += 5
    assert calls.current("bocholt", DURING) == a_call()
    closed = replace(a_call(), closed_at=DURING, version=2)
    assert calls.save(a_call(), closed)
    assert calls.current("bocholt", DURING) == closed
