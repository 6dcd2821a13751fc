"""Port Cases: one suite for the fake and for the adapter."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.cases import DynamoCases, case_changes, rows_of_cases
from stadtdraht.domain.cases.case import CaseKind, CaseState, Place
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.retention import CASE
from tests.support.builders.cases import ANKE, AT_THE_MILL, BERND, LATER, a_case, worked_on
from tests.support.fakes.cases import FakeCases


class OnTheTable(DynamoCases):
    """With what a citizen's transaction does, so that one suite serves both."""

    def put(self, change):
        try:
            self.table.client.transact_write_items(TransactItems=case_changes(self.table.name, change))
        except self.table.client.exceptions.TransactionCanceledException:
            return False
        return True


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def cases(request):
    return FakeCases() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))


def test_a_case_comes_back_as_it_was_stored(cases):
    bare = a_case("2026-0002", place=Place(), message_ids=(), photo_ids=(), description="")
    full = worked_on(
        a_case(
            "2026-0003",
            near=("2026-0001",),
            duplicates=("2026-0002",),
            department="bauhof",
            district="ammeloe",
            assigned_to="Frau Terhalle",
        ),
        CaseState.FORWARDED,
        said="Der Bauhof kommt.",
        note="eilig",
        department="bauhof",
        told=True,
    )
    for case in (bare, full):
        assert cases.put(CaseChange(None, case))
        assert cases.get("vreden", case.number) == case
    assert cases.get("bocholt", "2026-0002") is None
    assert cases.get("vreden", "2026-0009") is None


@pytest.mark.parametrize("number", ["", "0142", "2026", "2026-", "META", "2026-01 42"])
def test_what_is_no_number_is_no_case(cases, number):
    assert cases.get("vreden", number) is None


def test_numbers_are_counted_per_town_and_year_and_nobody_gets_one_twice(cases):
    with ThreadPoolExecutor(4) as hands:
        numbers = list(hands.map(lambda _: cases.next_number("vreden", 2026), range(8)))
    assert sorted(numbers) == [f"2026-{count:04}" for count in range(1, 9)]
    assert cases.next_number("vreden", 2027) == "2027-0001"
    assert cases.next_number("bocholt", 2026) == "2026-0001"


def test_of_two_who_change_a_case_one_is_told(cases):
    assert cases.put(CaseChange(None, a_case()))
    assert not cases.put(CaseChange(None, a_case(description="Anders")))
    assert cases.put(CaseChange(a_case(), worked_on(a_case())))
    assert not cases.put(CaseChange(a_case(), a_case(kind=CaseKind.IDEA, version=2)))
    assert cases.get("vreden", "2026-0001") == worked_on(a_case())


def test_the_list_shows_what_is_open_and_only_that(cases):
    for number in ("2026-0001", "2026-0002"):
        cases.put(CaseChange(None, a_case(number)))
    cases.put(CaseChange(a_case(), worked_on(a_case(), CaseState.CLOSED)))
    (left,) = cases.open("vreden")
    assert (left.number, left.kind, left.state) == ("2026-0002", CaseKind.HINT, CaseState.NEW)
    assert left.place == AT_THE_MILL
    assert not cases.open("bocholt")
    again = worked_on(worked_on(a_case(), CaseState.CLOSED))
    cases.put(CaseChange(worked_on(a_case(), CaseState.CLOSED), again))
    assert [case.number for case in cases.open("vreden")] == ["2026-0001", "2026-0002"]


def test_a_year_holds_its_own_cases_newest_first(cases):
    cases.next_number("vreden", 2026)  # the count is no case
    for number in ("2026-0001", "2026-0002", "2027-0001"):
        cases.put(CaseChange(None, a_case(number)))
    assert [case.number for case in cases.of_year("vreden", 2026)] == ["2026-0002", "2026-0001"]


def test_a_year_is_read_on_from_a_number(cases):
    for count in range(1, 6):
        cases.put(CaseChange(None, a_case(f"2026-000{count}")))
    assert [it.number for it in cases.of_year("vreden", 2026, limit=2)] == ["2026-0005", "2026-0004"]
    assert [it.number for it in cases.of_year("vreden", 2026, after="2026-0004", limit=2)] == ["2026-0003", "2026-0002"]
    assert [it.number for it in cases.of_year("vreden", 2026, after="2026-0002")] == ["2026-0001"]
    assert [it.number for it in cases.of_year("vreden", 2026, after="2026-00025")] == ["2026-0002", "2026-0001"]
    assert not list(cases.of_year("vreden", 2026, after="2026-0001", limit=2))


def test_what_has_just_ended_is_shown_for_some_days(cases):
    for number in ("2026-0001", "2026-0002", "2026-0003"):
        cases.put(CaseChange(None, a_case(number)))
    cases.put(CaseChange(a_case(), worked_on(a_case(), CaseState.ANSWERED)))
    merged = replace(worked_on(a_case("2026-0002"), CaseState.CLOSED), merged_into="2026-0001")
    cases.put(CaseChange(a_case("2026-0002"), merged))
    ended, left = cases.lately("vreden", LATER)
    assert (ended.number, ended.state, ended.over_at) == ("2026-0001", CaseState.ANSWERED, LATER)
    assert (left.number, left.over_at, left.photos) == ("2026-0003", None, 1)
    assert left.title == "Vor der Mühlenstraße 4 ist ein Schlagloch"
    assert [it.number for it in cases.lately("vreden", LATER + timedelta(seconds=1))] == ["2026-0003"]


def test_a_day_that_staff_set_and_who_set_it_are_kept(cases):
    done = replace(worked_on(a_case(), staff_id="staff-1", press="p-1", due_at=LATER), due_at=LATER, is_due_again=True)
    cases.put(CaseChange(None, a_case()))
    cases.put(CaseChange(a_case(), done))
    assert cases.get("vreden", "2026-0001") == done
    assert list(cases.events("vreden", "2026-0001")) == [done.latest]
    (listed,) = cases.open("vreden")
    assert (listed.due_at, listed.is_due_again, listed.is_overdue(LATER + timedelta(hours=1))) == (LATER, True, True)


def test_a_citizen_s_cases_are_found_newest_first(cases):
    for number, who in (("2026-0001", ANKE), ("2026-0002", BERND), ("2026-0003", ANKE)):
        cases.put(CaseChange(None, a_case(number, citizen_id=who)))
    assert [case.number for case in cases.of_citizen("vreden", ANKE)] == ["2026-0003", "2026-0001"]


def test_everything_that_staff_did_is_kept_in_order(cases):
    forwarded = worked_on(a_case(), CaseState.FORWARDED, note="eilig", department="bauhof")
    closed = worked_on(forwarded, CaseState.CLOSED, said="Ist geflickt.")
    cases.put(CaseChange(None, a_case()))
    cases.put(CaseChange(a_case(), forwarded))
    cases.put(CaseChange(forwarded, closed))
    assert list(cases.events("vreden", "2026-0001")) == [forwarded.latest, closed.latest]


def test_a_photo_that_comes_after_is_no_event(cases):
    cases.put(CaseChange(None, worked_on(a_case())))
    more = a_case(photo_ids=("wamid.2", "wamid.3"), latest=worked_on(a_case()).latest, version=3)
    cases.put(CaseChange(worked_on(a_case()), more))
    assert len(cases.events("vreden", "2026-0001")) == 1


@pytest.mark.local_aws
def test_a_case_ends_after_its_time_with_all_that_belongs_to_it(table):
    cases, closed = OnTheTable(table), worked_on(a_case(), CaseState.CLOSED)
    cases.put(CaseChange(None, a_case()))
    cases.put(CaseChange(a_case(), closed))
    ends = int((LATER + CASE).timestamp())
    rows = [
        table.get(keys.cases("vreden", 2026), "2026-0001"),
        table.get(keys.citizen("vreden", ANKE), "CASE#2026-0001"),
        *table.query(keys.case("vreden", "2026-0001")),
    ]
    assert [row["expires_at"] for row in rows] == [ends] * 3


@pytest.mark.local_aws
def test_erasing_a_person_finds_their_cases(table):
    cases = OnTheTable(table)
    for number, who in (("2026-0001", ANKE), ("2026-0002", BERND)):
        cases.put(CaseChange(None, worked_on(a_case(number, citizen_id=who))))
    mine = list(table.query(keys.citizen("vreden", ANKE)))
    table.delete_all(rows_of_cases(table, "vreden", mine))
    assert cases.get("vreden", "2026-0001") is None
    assert not cases.events("vreden", "2026-0001")
    assert [case.number for case in cases.open("vreden")] == ["2026-0002"]
