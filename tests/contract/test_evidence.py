"""Port Evidence: one suite for the fake and for the table."""

import threading
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.crisis.evidence import DynamoEvidence
from stadtdraht.domain.crisis.evidence import BEGINNING, RAISED, broken_at
from tests.support.builders.crisis import NOON
from tests.support.fakes.evidence import FakeEvidence

ALERT = "bocholt-a-20261124-aaaaaa"


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def evidence(request):
    return FakeEvidence() if request.param == "fake" else DynamoEvidence(request.getfixturevalue("table"))


def test_entries_stand_in_order_each_sealed_with_the_one_before(evidence):
    first = evidence.append("bocholt", ALERT, RAISED, NOON, {"holder": "Bürgermeister", "districts": ""})
    second = evidence.append("bocholt", ALERT, "undone", NOON + timedelta(microseconds=1_234_567), {})
    assert (first.seq, first.previous) == (1, BEGINNING)
    assert (second.seq, second.previous) == (2, first.seal)
    assert list(evidence.entries("bocholt", ALERT)) == [first, second]
    assert broken_at("bocholt", ALERT, evidence.entries("bocholt", ALERT)) is None


def test_folders_of_other_alerts_months_and_towns_stand_apart(evidence):
    for town, folder in [("bocholt", ALERT), ("bocholt", "2026-11"), ("vreden", "2026-11")]:
        assert evidence.append(town, folder, RAISED, NOON, {}).seq == 1
    assert list(evidence.entries("vreden", ALERT)) == []


def test_the_same_thing_twice_is_two_entries(evidence):
    first, second = (evidence.append("bocholt", "2026-11", "pin_refused", NOON, {"holder": "A"}) for _ in range(2))
    assert list(evidence.entries("bocholt", "2026-11")) == [first, second]


@pytest.mark.local_aws
def test_twenty_hands_at_once_add_twenty_entries_to_one_whole_chain(table):
    evidence, hands = DynamoEvidence(table), 20
    start = threading.Barrier(hands)

    def add(hand):
        start.wait()
        evidence.append("bocholt", ALERT, "pressed_again", NOON, {"hand": str(hand)})

    threads = [threading.Thread(target=add, args=(hand,)) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = evidence.entries("bocholt", ALERT)
    assert {entry.facts["hand"] for entry in entries} == {str(hand) for hand in range(hands)}
    assert len(entries) == hands
    assert broken_at("bocholt", ALERT, entries) is None


@pytest.mark.local_aws
def test_a_row_that_was_changed_in_the_table_is_noticed(table):
    evidence = DynamoEvidence(table)
    for number in range(3):
        evidence.append("bocholt", ALERT, RAISED, NOON, {"number": str(number)})
    row = table.get(keys.evidence("bocholt", ALERT), keys.evidence_entry(2))
    assert "expires_at" not in row
    table.put_all([row | {"facts": '{"number":"9"}'}])
    assert broken_at("bocholt", ALERT, evidence.entries("bocholt", ALERT)) == 2
