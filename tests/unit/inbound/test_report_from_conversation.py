"""A report out of a conversation, or more for one that there is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseKind, CaseState
from stadtdraht.domain.conversation import StaffAct
from stadtdraht.domain.identifiers import message_id
from stadtdraht.usecases.inbound import work_on_conversation as work
from stadtdraht.usecases.inbound.office.report_from_conversation import attach_to_case, open_case_from
from stadtdraht.usecases.inbound.render_reply import ReplyContext
from tests.support.town_office import EARS, NOON, Links, words
from tests.unit.inbound.test_work_on_conversation import StaffHarness


@pytest.fixture
def office():
    office = StaffHarness()
    office.hears("In der Ahornallee ist ein großes Schlagloch", wamid="wamid.hole")
    office.photo(wamid="wamid.photo")
    return office


def desk(office, **more):
    return replace(office.desk(**more), by="Kim", by_id="staff-1")


def opened(office, *ids, press="p", **more):
    return open_case_from(desk(office), office.who, ids, office.citizens.cases, EARS, press=press, **more)


def test_words_and_photo_become_a_report_and_the_person_hears_its_number(office):
    context = ReplyContext("https://x.example", Links(), NOON)
    number = opened(office, "wamid.photo", "wamid.hole", reply_context=context)
    (case,) = office.cases
    assert (case.number, case.citizen_id, case.state) == (number, office.who, CaseState.NEW)
    assert case.description == "In der Ahornallee ist ein großes Schlagloch"
    assert case.message_ids == tuple(map(message_id, ["wamid.hole", "wamid.photo"]))
    assert case.photo_ids == (message_id("wamid.photo"),)
    assert case.due_at > desk(office).now
    assert (case.latest.by, case.latest.staff_id) == ("Kim", "staff-1")
    assert number in words(list(office.citizens.stored.values())[-1].answer.body)
    assert (office.talk.waiting_since, office.talk.case) == (None, number)
    assert office.citizens.notes["arnsberg", office.who][-1].act is StaffAct.REPORTED


def test_what_the_person_writes_next_belongs_to_it(office):
    number = opened(office, "wamid.hole")
    assert office.person().dialogue.last_case == number


def test_pressed_twice_it_is_one_report(office):
    opened(office, "wamid.hole")
    with pytest.raises(work.AlreadyDone):
        opened(office, "wamid.hole")
    assert len(office.cases) == 1


def test_without_the_window_nobody_is_written_to(office):
    before = len(office.citizens.stored)
    late = desk(office, later=timedelta(hours=30))
    context = ReplyContext("https://x.example", Links(), NOON)
    open_case_from(late, office.who, ["wamid.hole"], office.citizens.cases, EARS, press="p", reply_context=context)
    assert len(office.cases) == 1
    assert len(office.citizens.stored) == before


def test_staff_say_what_it_is(office):
    opened(office, "wamid.hole", kind=CaseKind.IDEA)
    assert office.cases[0].kind is CaseKind.IDEA


@pytest.mark.parametrize("ids", [[], ["wamid.none"], [f"wamid.{number}" for number in range(30)]])
def test_what_is_not_there_cannot_be_reported(office, ids):
    with pytest.raises(work.CannotAnswer):
        opened(office, *ids)
    assert office.cases == []


def test_more_is_added_to_a_report_of_theirs_once(office):
    number = opened(office, "wamid.hole")
    for _ in range(2):
        try:
            attach_to_case(desk(office), office.who, number, ["wamid.photo"], office.citizens.cases, EARS, press="q")
        except work.AlreadyDone:
            continue
    (case,) = office.cases
    assert case.photo_ids == (message_id("wamid.photo"),)
    assert case.version == 1
    assert [it.act for it in office.citizens.notes["arnsberg", office.who]] == [StaffAct.REPORTED, StaffAct.ATTACHED]


def test_a_report_of_somebody_else_takes_nothing(office):
    number = opened(office, "wamid.hole")
    office.hears("Hallo", who="49169000000")
    office.hears("Wann kommt die Tonne?", who="49169000000")
    office.hears("Bei uns ist auch eins", who="49169000000", wamid="wamid.other")
    other = office.person("49169000000").citizen_id
    with pytest.raises(work.CannotAnswer, match="jemand anderem"):
        attach_to_case(desk(office), other, number, ["wamid.other"], office.citizens.cases, EARS, press="q")
    with pytest.raises(work.CannotAnswer, match="gibt es nicht"):
        attach_to_case(desk(office), other, "2026-9999", ["wamid.other"], office.citizens.cases, EARS, press="r")
    assert office.cases[0].message_ids == (message_id("wamid.hole"),)
