"""Port Holds: one suite for the fake and for the adapter, and what a hold does to rows and files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.cases import DynamoCases, case_changes
from stadtdraht.adapters.dynamodb.contests import DynamoContests, acceptance_changes
from stadtdraht.adapters.dynamodb.privacy.holds import DynamoHolds
from stadtdraht.adapters.dynamodb.privacy.retention import DynamoRetention
from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.contests.contest import ContestAcceptance
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.privacy.legal_hold import Hold
from stadtdraht.usecases.privacy.retention_report import retention_report
from tests.support.builders.cases import ANKE, BERND, a_case, worked_on
from tests.support.fakes.holds import FakeHolds

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOLD = Hold("vreden", ANKE, "", "Az. 3 C 17/26", "kanzlei", NOW)
OF_CASE = replace(HOLD, case="2026-0142")


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def holds(request):
    return FakeHolds() if request.param == "fake" else DynamoHolds(request.getfixturevalue("table"))


def test_a_hold_comes_back_as_it_was_set_and_only_in_its_town(holds):
    for hold in (HOLD, OF_CASE, replace(HOLD, citizen_id=BERND), replace(HOLD, town="bocholt")):
        holds.save(hold)
    assert set(holds.of("vreden", [ANKE])) == {HOLD, OF_CASE}
    assert len(holds.all("vreden")) == 3
    assert not holds.of("bocholt", [BERND])
    holds.end(HOLD)
    holds.end(HOLD)
    assert list(holds.of("vreden", [ANKE, BERND])) == [OF_CASE, replace(HOLD, citizen_id=BERND)]


def test_a_wish_is_kept_with_the_hold_and_brings_no_hold_back(holds):
    holds.save(HOLD)
    assert holds.wish(HOLD, NOW + DAY)
    assert list(holds.all("vreden")) == [replace(HOLD, wished_at=NOW + DAY)]
    holds.end(HOLD)
    assert not holds.wish(HOLD, NOW + DAY)
    assert not holds.all("vreden")


@pytest.fixture
def stored(table):
    """A message of Anke's, her closed case and her yes to terms, and a message of Bernd's, each with an end."""
    end = int((NOW + DAY).timestamp())
    places = [(keys.citizen("vreden", who), keys.message(NOW, "wamid.1")) for who in (ANKE, BERND)]
    table.put_all([{"pk": pk, "sk": sk, "expires_at": end} for pk, sk in places])
    over = worked_on(a_case("2026-0142", citizen_id=ANKE), CaseState.CLOSED)
    yes = ContestAcceptance("vreden-c-1", "vreden", ANKE, "1", NOW, NOW + 9 * DAY)
    for items in (case_changes(table.name, CaseChange(None, over)), acceptance_changes(table.name, yes)):
        table.client.transact_write_items(TransactItems=items)
    return table


def ends(table):
    return {row.key: row.ends_at for row in DynamoRetention(table).kept("vreden")}


@pytest.mark.local_aws
def test_rows_of_a_held_person_have_no_end_and_get_back_the_one_they_had(stored):
    holds, before = DynamoHolds(stored), ends(stored)
    taken = holds.take_ends("vreden", [ANKE])
    assert taken == len(before) - 1
    assert {key: at for key, at in ends(stored).items() if at} == {
        (keys.citizen("vreden", BERND), keys.message(NOW, "wamid.1")): NOW + DAY
    }
    assert holds.take_ends("vreden", [ANKE]) == 0
    assert DynamoCases(stored).get("vreden", "2026-0142").citizen_id == ANKE
    assert DynamoContests(stored).accepted("vreden", "vreden-c-1", ANKE).delete_at == NOW + 9 * DAY
    assert holds.give_ends_back("vreden", [ANKE]) == taken
    assert ends(stored) == before
    assert holds.give_ends_back("vreden", [ANKE]) == 0


@pytest.mark.local_aws
def test_a_row_that_is_written_again_during_a_hold_keeps_its_new_end(stored):
    holds, place = DynamoHolds(stored), (keys.citizen("vreden", ANKE), keys.message(NOW, "wamid.1"))
    holds.take_ends("vreden", [ANKE])
    stored.put_all([{"pk": place[0], "sk": place[1], "expires_at": int((NOW + 5 * DAY).timestamp())}])
    holds.give_ends_back("vreden", [ANKE])
    assert ends(stored)[place] == NOW + 5 * DAY


@pytest.mark.local_aws
def test_a_sweep_leaves_what_is_held_and_the_report_says_so(stored):
    DynamoHolds(stored).take_ends("vreden", [ANKE])
    report = retention_report("vreden", NOW + 9 * DAY, retention=DynamoRetention(stored), sweep=True)
    assert report.deleted == {"citizen message": 1}  # Bernd's
    assert {kept.kind: kept.held for kept in report.kinds}["citizen message"] == 1
    assert not any(kept.endless for kept in report.kinds)
