"""Reports as a board, a list, on paper and as a table: overdue first, narrowed by the address, read page by page."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.cases.case_list import working_days_until
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.roles import Role
from stadtdraht.texts.staff.language import reading
from tests.support.builders.case_list import case_list_desk, filled, some_cases
from tests.support.builders.cases import DUE, NOON, a_case, worked_on
from tests.support.console import text_of
from tests.support.town_office import TOWNS


def numbers(shown):
    """Those that lead to a report, in the order of the page."""
    return list(dict.fromkeys(re.findall(r'cases/(20\d\d-\d+)"', shown)))


def asked(desk, route="/cases", **query):
    return text_of(desk.get(route, query={name.rstrip("_"): value for name, value in query.items()}))


def test_the_board_has_a_column_for_each_state():
    shown = asked(case_list_desk(some_cases()))
    columns = re.findall(r"<section.*?</section>", shown, re.DOTALL)
    assert [numbers(it) for it in columns] == [["2026-0001", "2026-0005"], ["2026-0002"], ["2026-0003"], ["2026-0004"]]
    assert "4 offen" in shown
    assert "1 überfällig" in shown
    assert "1 heute fällig" in shown
    assert "1 Tag überfällig" in columns[0]  # a weekend is no working day
    assert "heute fällig" in columns[0]
    assert "seit Di 24.11." in columns[3]


def test_the_board_is_renewed_as_it_was_asked_for():
    desk = case_list_desk(some_cases())
    shown = asked(desk, department="ordnungsamt")
    assert 'data-poll="/console/vreden/cases/board?department=ordnungsamt"' in shown
    first = desk.get("/cases/board", query={"department": "ordnungsamt"})
    assert numbers(text_of(first)) == ["2026-0003"]
    again = desk.get(
        "/cases/board", headers={"if-none-match": first["headers"]["ETag"]}, query={"department": "ordnungsamt"}
    )
    assert (again["statusCode"], again["body"]) == (304, "")


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, ["2026-0001", "2026-0005", "2026-0002", "2026-0003"]),
        ({"overdue": "1"}, ["2026-0001"]),
        ({"due": "today"}, ["2026-0005"]),
        ({"due": "week"}, ["2026-0005"]),
        ({"department": "-"}, ["2026-0001", "2026-0005", "2026-0002"]),
        ({"department": "ordnungsamt"}, ["2026-0003"]),
        ({"district": "ammeloe"}, ["2026-0005"]),
        ({"mine": "1"}, ["2026-0002"]),
        ({"state": "in_work"}, ["2026-0002"]),
        ({"state": "answered"}, ["2026-0004"]),
        ({"kind": "praise"}, []),
        ({"sort": "department"}, ["2026-0001", "2026-0005", "2026-0002", "2026-0003"]),
        (
            {"state": "nonsense", "sort": "x", "year": "1999", "after": "x"},
            ["2026-0001", "2026-0005", "2026-0002", "2026-0003"],
        ),
        ({"year": "2026"}, ["2026-0005", "2026-0004", "2026-0003", "2026-0002", "2026-0001"]),
        ({"year": "2026", "kind": "question"}, ["2026-0004"]),
    ],
)
def test_the_address_narrows_and_orders_the_list(query, left):
    assert numbers(asked(case_list_desk(some_cases()), view="list", **query)) == left


def test_after_a_first_feedback_only_a_day_that_staff_set_makes_it_overdue():
    told = worked_on(a_case("2026-0001"))
    again = replace(worked_on(a_case("2026-0002")), is_due_again=True)
    shown = asked(case_list_desk(filled(told, again)), view="list").split("</form>")[1]
    assert numbers(shown) == ["2026-0002", "2026-0001"]
    assert "Rückmeldung gegeben" in shown
    assert shown.count("1 Tag überfällig") == 1


def test_more_than_fifty_are_read_on_by_a_link():
    cases = filled(*(a_case(f"2026-{count:04}") for count in range(1, 121)))
    desk, seen, query = case_list_desk(cases), [], {"view": "list"}
    while query:
        shown = asked(desk, **query)
        seen += numbers(shown)
        more = re.search(r'after=(2026-\d+)">Weitere', shown)
        query = {"view": "list", "after": more[1]} if more else None
    assert seen == [f"2026-{count:04}" for count in range(1, 121)]


@pytest.mark.counts_reads
def test_a_year_is_read_on_by_key_and_only_so_far_as_it_is_shown():
    cases = filled(*(a_case(f"2026-{count:04}") for count in range(1, 1201)))
    limits, of_year = [], cases.of_year

    def counting(town, year, *, after="", limit=None):
        limits.append(limit)
        return of_year(town, year, after=after, limit=limit)

    cases.of_year = counting
    desk = case_list_desk(cases)
    shown = asked(desk, view="list", year="2026")
    assert numbers(shown) == [f"2026-{count:04}" for count in range(1200, 1150, -1)]
    assert limits == [51]
    assert numbers(asked(desk, view="list", year="2026", after="2026-1151"))[0] == "2026-1150"
    nothing = asked(desk, view="list", year="2026", kind="praise")
    assert "Unter den zuletzt gelesenen war keine dabei." in nothing
    assert "after=2026-0701" in nothing


def test_a_long_column_leads_to_the_list():
    cases = filled(*(a_case(f"2026-{count:04}") for count in range(1, 61)))
    shown = asked(case_list_desk(cases))
    assert len(numbers(shown)) == 50
    assert 'href="/console/vreden/cases?view=list&amp;state=new">Alle 60 in der Liste' in shown


def test_the_last_column_leads_to_a_list_with_the_closed_ones_too():
    ended = [(CaseState.CLOSED if count % 2 else CaseState.ANSWERED, count) for count in range(1, 61)]
    cases = filled(*(worked_on(a_case(f"2026-{count:04}"), state) for state, count in ended))
    desk = case_list_desk(cases)
    shown = asked(desk)
    link = re.search(r'href="/console/vreden/cases([^"]*)">Alle 60 in der Liste', shown)[1].replace("&amp;", "&")
    query = dict(parse_qsl(link.lstrip("?")))
    first = asked(desk, **query)
    behind = re.search(r"after=([0-9-]+)", first)[1]
    assert {*numbers(first), *numbers(asked(desk, **query, after=behind))} == {f"2026-{it:04}" for _, it in ended}
    assert '<option value="over" selected>Beantwortet oder abgeschlossen' in first


def test_nothing_to_show_says_what_was_last():
    assert "Sie entstehen, sobald jemand etwas meldet." in asked(case_list_desk(filled()))
    over = filled(worked_on(a_case("2026-0007"), CaseState.CLOSED))
    shown = asked(case_list_desk(over, now=NOON + timedelta(days=20)))
    assert "Keine offenen Meldungen." in shown
    assert "Die letzte war 2026-0007 vom Di 24.11., vor 20 Tagen." in shown
    assert "Dazu gibt es keine Meldung." in asked(case_list_desk(some_cases()), district="luenten")


def test_paper_has_everything_and_asks_the_printer():
    shown = asked(case_list_desk(filled(*(a_case(f"2026-{count:04}") for count in range(1, 121)))), view="print")
    assert shown.count("<tr>") == 121
    assert "data-print" in shown
    assert "Mühlenstraße 4" in shown


def test_the_table_is_saved_at_once_and_holds_what_the_address_leaves():
    answer = case_list_desk(some_cases()).get("/cases.csv", query={"department": "ordnungsamt", "year": "2026"})
    assert answer["headers"]["Content-Disposition"] == 'attachment; filename="meldungen-vreden-2026.csv"'
    lines = text_of(answer).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("2026-0003;")
    assert len(text_of(case_list_desk(some_cases()).get("/cases.csv")).splitlines()) == 6


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ({}, 1),
        ({"view": "list"}, 30),
        ({"view": "list", "due": "overdue"}, 30),
        ({"view": "list", "state": "answered"}, 1),
        ({"view": "list", "year": "2026"}, 30),
        ({"view": "list", "year": "2025"}, 30),
    ],
)
def test_the_table_holds_what_the_page_of_the_same_address_shows(query, day):
    cases = some_cases()
    for it in (a_case("2025-0400", due_at=DUE), worked_on(a_case("2026-0006"), CaseState.CLOSED)):
        assert cases.put(CaseChange(None, it))
    desk = case_list_desk(cases, now=NOON + timedelta(days=day))
    shown = asked(desk, **query)
    link = re.search(r'href="/console/vreden/cases\.csv([^"]*)"', shown)[1]
    table = desk.get("/cases.csv", query=dict(parse_qsl(link.replace("&amp;", "&").lstrip("?"))))
    in_table = [it.split(";")[0] for it in text_of(table).splitlines()[1:]]
    assert in_table == sorted(numbers(shown))
    assert in_table


def test_a_page_goes_on_behind_one_that_somebody_ended_meanwhile():
    cases = filled(*(a_case(f"2026-{count:04}") for count in range(1, 61)))
    cases.found["vreden", "2026-0050"] = worked_on(cases.get("vreden", "2026-0050"), CaseState.CLOSED)
    left = numbers(asked(case_list_desk(cases, now=NOON), view="list", after="2026-0050"))
    assert left == [f"2026-{count:04}" for count in range(51, 61)]


def test_its_table_and_its_days_are_read_in_english_by_who_reads_english():
    with reading(StaffLanguage.ENGLISH):
        answer = case_list_desk(some_cases()).get("/cases.csv")
        shown = text_of(case_list_desk(some_cases()).get("/cases", query={"view": "list"}))
    assert answer["headers"]["Content-Disposition"] == 'attachment; filename="reports-vreden-2026-11-30.csv"'
    assert "Number;Kind;Status;Received;Feedback due;" in text_of(answer)
    assert "In progress" in shown
    assert "1 day overdue" in shown
    assert "überfällig" not in shown


def test_words_of_a_citizen_are_text():
    shown = asked(case_list_desk(filled(a_case(description="<script>alert(1)</script>"))))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_the_press_office_has_no_such_page():
    with pytest.raises(AssertionError, match="does not see"):
        case_list_desk(some_cases(), Role.EDITOR).get("/cases")


@pytest.mark.parametrize(
    ("day", "days"), [("2026-11-24", 0), ("2026-11-27", 3), ("2026-11-30", 4), ("2026-11-23", -1), ("2026-11-20", -2)]
)
def test_working_days_are_counted_in_both_directions(day, days):
    at = datetime.fromisoformat(day).replace(tzinfo=UTC).date()
    assert working_days_until(TOWNS["vreden"], at, NOON.date()) == days
