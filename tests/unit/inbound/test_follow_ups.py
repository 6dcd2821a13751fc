"""What goes on about a report: it is added to it, opens it again within a week of its end, or asks how it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.dialogue import Asked
from stadtdraht.domain.understanding.reading import Command, Kind, Social
from stadtdraht.usecases.cases.work_on_case import CasePorts, work_on_case
from tests.support.told_readings import ToldTown
from tests.support.town_office import words

DAY = timedelta(days=1)


@pytest.fixture
def office():
    """Somebody has reported a lamp."""
    office = ToldTown("vreden")
    office.means("Die Laterne ist aus", kind=Kind.HINT, place="Hauptstr. 3")
    return office


def closed(office):
    ports = CasePorts(office.citizens.cases, office.citizens, office.queue)
    return work_on_case("2026-0001", CaseWork("Frau Gesing", CaseState.CLOSED), office.town, office.at, ports).case


def test_it_is_added_long_after_while_the_report_is_open(office):
    assert office.means("Gibt es was Neues?", kind=Kind.QUESTION, is_follow_up=True, after=3 * DAY) == ["case_added"]
    assert len(office.cases) == 1


def test_something_else_is_a_report_of_its_own(office):
    assert office.means("Der Radweg ist zu", kind=Kind.HINT, after=3 * DAY) == ["case_opened"]
    assert len(office.cases) == 2


@pytest.mark.parametrize("days", [0, 7])
def test_within_a_week_of_its_end_it_opens_the_report_again(office, days):
    assert closed(office).over_at
    office.means("Danke", social=Social.THANKS)
    office.at += timedelta(days=days) - timedelta(minutes=2)
    assert office.means("Sie ist immer noch aus", kind=Kind.HINT, is_follow_up=True) == ["case_reopened"]
    (case,) = office.cases
    assert (case.state, case.over_at, case.description.splitlines()[-1]) == (
        CaseState.IN_WORK,
        None,
        "Sie ist immer noch aus",
    )
    assert (case.latest.by, case.latest.state) == ("", CaseState.IN_WORK)
    assert [it.number for it in office.citizens.cases.open("vreden")] == [case.number]


def test_later_it_is_a_new_report(office):
    closed(office)
    assert office.means(kind=Kind.HINT, is_follow_up=True, after=8 * DAY) == ["case_opened"]


def test_closing_asks_whether_they_are_content_and_a_typed_word_answers(office):
    closed(office)
    question = office.person().dialogue.question
    assert (question.asked, question.about) == (Asked.RATE, "2026-0001")
    assert office.means("zufrieden", rating=3) == ["case_rated"]
    assert office.asked == "rate"
    assert office.cases[0].rating == 3


def test_no_with_a_reason_rates_and_opens_it_again(office):
    closed(office)
    assert office.means("nein, da ist immer noch ein Loch!", answer=False, kind=Kind.HINT) == ["case_reopened"]
    (case,) = office.cases
    assert (case.rating, case.state) == (1, CaseState.IN_WORK)


def test_a_complaint_instead_of_a_rating_opens_it_again_and_a_question_does_not(office):
    closed(office)
    assert office.means("Wann ist Sperrmüll?", kind=Kind.QUESTION) == ["case_opened", "case_rate"]
    other = ToldTown("vreden")
    other.means("Der Gully stinkt", kind=Kind.HINT, place="Hauptstr. 3")
    closed(other)
    assert other.means("Der Gully stinkt wieder!!", kind=Kind.HINT) == ["case_reopened"]
    assert other.question == ""


def test_a_report_of_another_place_instead_of_a_rating_is_one_of_its_own(office):
    closed(office)
    assert office.means("Scherben in der Gartenstraße", kind=Kind.HINT, place="Gartenstraße") == [
        "case_opened",
        "case_rate",
    ]


def test_who_is_not_content_and_then_says_why_is_heard(office):
    closed(office)
    assert office.means("unzufrieden", rating=1) == ["case_rated_low"]
    assert "Was fehlt noch?" in words(office.bodies[0])
    assert office.means("Sie flackert", kind=Kind.CRITICISM) == ["case_reopened"]


def test_staff_asking_to_rate_take_no_other_question_away(office):
    office.means(command=Command.ERASE)
    closed(office)
    assert office.question == "erase"


def test_a_question_about_its_state_gets_the_state(office):
    assert office.means("wie ist der Stand?", command=Command.STATUS) == ["case_state"]
    assert office.means("Status 2026-0001", command=Command.STATUS, case_number="2026-0001") == ["case_state"]
    assert office.means("Status 2026-0009", command=Command.STATUS, case_number="2026-0009") == ["case_none"]


def test_of_several_reports_each_state_is_told(office):
    office.means("Noch etwas", kind=Kind.HINT, place="Markt 2", after=timedelta(days=1))
    assert [case.number for case in office.cases] == ["2026-0001", "2026-0002"]
    office.means("wie ist der Stand?", command=Command.STATUS)
    assert [number in words(body) for number, body in zip(["2026-0002", "2026-0001"], office.bodies, strict=True)] == [
        True,
        True,
    ]


def test_words_that_may_speak_of_a_danger_add_no_greeting_to_the_state(office):
    assert office.means("Was wurde daraus?", command=Command.STATUS, about_danger=True) == ["case_state"]


def test_a_question_about_something_else_is_a_report_of_its_own_and_what_follows_still_joins_the_first(office):
    asked = "Wie beantrage ich einen neuen Personalausweis?"
    assert office.means(asked, kind=Kind.QUESTION) == ["case_opened"]
    first, second = office.cases
    assert (first.description, second.description) == ("Die Laterne ist aus", asked)
    assert office.shows() == []
    assert len(office.cases[0].photo_ids) == 1


def test_a_question_about_the_report_is_added_to_it(office):
    office.means("Wie lange dauert das?", kind=Kind.QUESTION)
    (case,) = office.cases
    assert case.description.endswith("Wie lange dauert das?")


def test_a_question_that_answers_the_receipt_belongs_to_the_report(office):
    receipt = next(iter(office.citizens.messages.values()))
    office.means("Gilt das auch für Wohngeld?", kind=Kind.QUESTION, context={"id": receipt.wamid})
    assert len(office.cases) == 1


def test_who_has_no_report_hears_so_kindly():
    office = ToldTown("vreden")
    assert office.means("Wie steht es um meine Meldung?", command=Command.STATUS) == ["case_none_yet"]
    assert "Schreiben Sie es einfach hier" in words(office.bodies[0])
    assert office.means("2026-0815?", command=Command.STATUS, case_number="2026-0815") == ["case_none"]


@pytest.mark.parametrize("town", ["arnsberg", "neu-ulm", "bocholt"])
def test_where_nobody_gets_a_number_somebody_looks(town):
    office = ToldTown(town)
    assert office.means("Was wurde aus meiner Frage?", command=Command.STATUS) == ["case_asked"]
    assert office.town.imprint.phone in words(office.bodies[0])
    assert office.talk.waiting_since == office.at


def test_nobody_adds_to_somebody_else_s_report(office):
    case = replace(office.cases[0], citizen_id="f" * 20)
    office.citizens.cases.found["vreden", case.number] = case
    assert office.means(kind=Kind.HINT, is_follow_up=True, case_number=case.number) == ["case_opened"]
