"""What staff do to a case, and what its citizen hears."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseKind, CaseState, Place, rate
from stadtdraht.domain.cases.case_work import CaseNotFit, CaseWork
from stadtdraht.domain.conversation import SERVICE_WINDOW
from stadtdraht.usecases.cases.case_messages import Notification
from stadtdraht.usecases.cases.work_on_case import CaseChanged, CaseMissing, merge_case, work_on_case
from tests.support.builders.cases import ANKE, BERND, LATER, NOON, a_case, worked_on
from tests.support.case_desk import STATUS, VREDEN, CaseHarness

BY = "Frau Terhalle"
TOO_LATE = NOON + SERVICE_WINDOW


def work(desk, number="2026-0001", town=VREDEN, now=LATER, **what):
    return work_on_case(number, CaseWork(BY, **what), town, now, desk.ports)


def test_taking_it_up_is_the_first_feedback_and_the_citizen_hears_of_it():
    desk = CaseHarness(a_case())
    done = work(desk, state=CaseState.IN_WORK, say="Der Bauhof kommt am Freitag.")
    assert done.told is Notification.FREELY
    assert desk.cases.get("vreden", "2026-0001") == done.case
    assert (done.case.state, done.case.first_feedback_at, done.case.version) == (CaseState.IN_WORK, LATER, 2)
    ((who, said),) = desk.texts
    assert who == ANKE
    assert "2026-0001" in said
    assert said.endswith("\n\nDer Bauhof kommt am Freitag.")
    assert desk.queued == [ref for ref, _ in desk.sent]
    (event,) = desk.cases.events("vreden", "2026-0001")
    assert (event.by, event.state, event.told) == (BY, CaseState.IN_WORK, True)


def test_forwarding_names_the_department_and_keeps_the_note_among_staff():
    desk = CaseHarness(a_case())
    done = work(desk, state=CaseState.FORWARDED, department="bauhof", note="eilig, Schulweg")
    assert (done.case.department, done.case.latest.note) == ("bauhof", "eilig, Schulweg")
    ((_, said),) = desk.texts
    assert "Bauhof" in said
    assert "eilig" not in said


def test_an_end_asks_once_how_it_was():
    desk = CaseHarness(a_case())
    done = work(desk, state=CaseState.CLOSED)
    assert done.case.over_at == LATER
    buttons = desk.sent[1][1]["interactive"]["action"]["buttons"]
    assert [it["reply"]["id"] for it in buttons] == [f"rate:2026-0001:{stars}" for stars in (3, 2, 1)]
    assert [ref.answer_id[-2:] for ref, _ in desk.sent] == ["-0", "-1"]
    desk = CaseHarness(rate(a_case(), 3))
    work(desk, state=CaseState.CLOSED)
    assert len(desk.sent) == 1


def test_what_is_over_is_not_told_twice():
    desk = CaseHarness(a_case())
    work(desk, state=CaseState.CLOSED, say="Erledigt.")
    sent = len(desk.sent)
    with pytest.raises(CaseNotFit, match="ist schon abgeschlossen"):
        work(desk, state=CaseState.CLOSED, say="Erledigt.")
    assert len(desk.sent) == sent
    assert work(desk, state=CaseState.CLOSED, told_otherwise=True).case.state is CaseState.CLOSED


def test_without_anything_to_do_nothing_is_done():
    with pytest.raises(CaseNotFit, match="nichts zu tun"):
        work(CaseHarness(a_case()), say="")


def test_a_case_may_be_taken_up_again():
    desk = CaseHarness(worked_on(a_case(), CaseState.CLOSED))
    done = work(desk, state=CaseState.IN_WORK)
    assert (done.case.over_at, done.case.state) == (None, CaseState.IN_WORK)
    assert [it.number for it in desk.cases.open("vreden")] == ["2026-0001"]


def test_a_correction_is_nobody_s_news():
    desk = CaseHarness(a_case())
    there = Place(52.1, 6.9, "Markt 1")
    done = work(desk, kind=CaseKind.CRITICISM, place=there, department="ordnungsamt", assigned_to="Herr Gesing")
    assert done.told is Notification.NOTHING_TO_TELL
    assert (done.case.kind, done.case.place, done.case.department) == (CaseKind.CRITICISM, there, "ordnungsamt")
    assert (done.case.assigned_to, done.case.first_feedback_at, done.case.state) == ("Herr Gesing", None, CaseState.NEW)
    assert not desk.sent


def test_with_a_closed_window_staff_are_told_that_the_citizen_was_not():
    desk = CaseHarness(a_case())
    done = work(desk, now=TOO_LATE, state=CaseState.IN_WORK)
    assert (done.told, done.case.first_feedback_at, done.case.latest.told) == (
        Notification.NOT_ON_WHATSAPP,
        None,
        False,
    )
    assert not desk.sent
    done = work(desk, now=TOO_LATE, state=CaseState.ANSWERED, say="Angerufen.", told_otherwise=True)
    assert done.case.first_feedback_at == TOO_LATE


def test_the_last_minutes_of_a_window_are_too_short_for_it():
    assert (
        work(CaseHarness(a_case()), now=TOO_LATE - timedelta(minutes=5), say="Hallo").told
        is Notification.NOT_ON_WHATSAPP
    )


def test_a_town_with_a_template_reaches_people_later_too():
    desk = CaseHarness(a_case())
    done = work(desk, town=replace(VREDEN, templates=(STATUS,)), now=TOO_LATE, state=CaseState.IN_WORK)
    assert (done.told, done.case.first_feedback_at) == (Notification.BY_TEMPLATE, TOO_LATE)
    ((_, body),) = desk.sent
    parameters = body["template"]["components"][0]["parameters"]
    assert [it["text"] for it in parameters] == ["2026-0001", "in Bearbeitung"]


def test_everybody_is_told_in_their_language():
    desk = CaseHarness(a_case())
    desk.people[ANKE] = replace(desk.people[ANKE], language="en")
    work(desk, state=CaseState.IN_WORK)
    assert "We are working on" in desk.texts[0][1]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"state": CaseState.ANSWERED}, "braucht Ihre Worte"),
        ({"state": CaseState.NEW}, "nur, bis"),
        ({"state": CaseState.FORWARDED}, "gehört eine Stelle"),
        ({"state": CaseState.FORWARDED, "department": "zirkus"}, "bauhof, ordnungsamt"),
        ({"say": "x" * 3001}, "höchstens 3000"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(what, why):
    desk = CaseHarness(a_case())
    with pytest.raises(CaseNotFit, match=why):
        work(desk, **what)
    assert desk.cases.get("vreden", "2026-0001") == a_case()


def test_a_case_that_is_not_there_is_named():
    with pytest.raises(CaseMissing, match="2026-0009"):
        work(CaseHarness(), "2026-0009", say="Hallo")


def test_with_an_erased_person_there_is_nothing_to_work_on():
    desk = CaseHarness(a_case())
    del desk.people[ANKE]
    with pytest.raises(CaseNotFit, match="gelöscht"):
        work(desk, state=CaseState.IN_WORK)


def test_who_was_overtaken_decides_again_and_gives_up_in_the_end():
    desk = CaseHarness(a_case(), overtaken=4)
    assert work(desk, state=CaseState.IN_WORK).case.state is CaseState.IN_WORK
    assert len(desk.sent) == 1
    with pytest.raises(CaseChanged):
        work(CaseHarness(a_case(), overtaken=9), state=CaseState.IN_WORK)


def merged(desk, number="2026-0002", into="2026-0001"):
    return merge_case(number, into, BY, VREDEN, LATER, desk.ports)


def test_a_duplicate_ends_and_its_citizen_hears_of_the_other_s_end():
    desk = CaseHarness(a_case(), a_case("2026-0002", citizen_id=BERND))
    done = merged(desk)
    assert (done.case.state, done.case.merged_into) == (CaseState.CLOSED, "2026-0001")
    assert desk.cases.get("vreden", "2026-0001").duplicates == ("2026-0002",)
    ((who, said),) = desk.texts
    assert (who, "2026-0002" in said, "zusammen" in said) == (BERND, True, True)
    assert work(desk, state=CaseState.ANSWERED, say="Geflickt.").duplicates_told == 1
    assert [(who, "Geflickt." in said) for who, said in desk.texts[1:]] == [(ANKE, True), (BERND, True)]
    assert "2026-0002" in desk.texts[2][1]


def test_a_person_who_reported_twice_hears_once():
    desk = CaseHarness(a_case(), a_case("2026-0002"))
    merged(desk)
    assert work(desk, say="Bald.").duplicates_told == 0


def test_duplicates_of_a_duplicate_come_along():
    desk = CaseHarness(a_case(), a_case("2026-0002"), a_case("2026-0003", citizen_id=BERND))
    merged(desk, "2026-0003", "2026-0002")
    merged(desk, "2026-0002", "2026-0001")
    assert desk.cases.get("vreden", "2026-0001").duplicates == ("2026-0002", "2026-0003")


def test_a_merge_that_broke_off_is_completed_by_repeating_it():
    desk = CaseHarness(a_case(duplicates=("2026-0002",)), a_case("2026-0002", citizen_id=BERND))
    assert merged(desk).case.merged_into == "2026-0001"
    assert desk.cases.get("vreden", "2026-0001").version == 1


@pytest.mark.parametrize(("number", "into"), [("2026-0001", "2026-0001"), ("2026-0003", "2026-0002")])
def test_what_cannot_be_merged_is_refused(number, into):
    desk = CaseHarness(a_case(), a_case("2026-0002", merged_into="2026-0001"), a_case("2026-0003"))
    with pytest.raises(CaseNotFit, match=r"in sich selbst aufgehen|aufgegangen in"):
        merged(desk, number, into)


def test_a_merged_case_is_worked_on_in_the_other():
    desk = CaseHarness(a_case(), a_case("2026-0002", citizen_id=BERND))
    merged(desk)
    with pytest.raises(CaseNotFit, match="arbeiten Sie dort weiter"):
        work(desk, "2026-0002", say="Hallo")
    with pytest.raises(CaseNotFit, match="schon"):
        merged(desk)


def test_a_rating_is_one_to_three():
    assert rate(a_case(), 2).rating == 2
    with pytest.raises(ValueError, match="rating"):
        rate(a_case(), 4)
