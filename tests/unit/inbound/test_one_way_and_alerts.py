"""Where people are not asked to write: whom to ask instead; and anywhere, how it stands while the town warns."""

from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.reading import Kind, Need, Social
from tests.support.builders.crisis import a_trigger
from tests.support.told_readings import ToldTown
from tests.support.town_office import NOON, words
from tests.unit.contests.test_contest import CONTEST


@pytest.fixture
def office():
    office = ToldTown("bocholt")
    office.means(social=Social.GREETING)
    return office


@pytest.fixture
def contest(office):
    office.citizens.contests.save(None, CONTEST)
    return office


def warned(town="bocholt"):
    """An alert was raised ten minutes ago and holds for three hours."""
    office = ToldTown(town)
    office.alerts.raise_once(a_trigger(at=NOON - timedelta(minutes=10), town=town))
    office.means(social=Social.GREETING)
    return office


def test_somebody_new_hears_where_to_ask_and_what_there_is_in_one():
    office = ToldTown("bocholt")
    assert office.means("Wann kommt die gelbe Tonne?", kind=Kind.QUESTION) == ["courtesy_offers"]
    assert {"News", "Warnungen", "Beides"} == office.offered
    assert office.town.imprint.phone in words(office.bodies[0])


def test_a_second_and_different_question_is_answered_again_and_the_same_one_is_not(office):
    assert office.means("Wann?", kind=Kind.QUESTION) == ["courtesy"]
    assert office.means("Wann?", kind=Kind.QUESTION) == []
    assert office.means("Wo?", kind=Kind.QUESTION) == ["courtesy"]
    assert office.means("Wo?", kind=Kind.QUESTION, after=timedelta(minutes=30)) == ["courtesy"]


def test_a_question_about_the_danger_gets_its_state_and_link():
    office = warned()
    assert office.means("Ist die Gefahr vorbei?", kind=Kind.QUESTION, about_danger=True) == ["alert_state"]
    said = words(office.bodies[0])
    assert "Großbrand" in said
    assert "https://x.example/a/" in said
    assert "112" in said
    assert office.means("Stimmt das?", kind=Kind.QUESTION, about_danger=True) == ["alert_state"]
    assert office.talk.waiting_since


def test_somebody_new_gets_it_too():
    office = ToldTown("bocholt")
    office.alerts.raise_once(a_trigger(at=NOON - timedelta(minutes=10)))
    assert office.means("Ist das echt?", about_danger=True) == ["alert_state"]
    assert office.talk is None


def test_the_first_answer_to_any_question_begins_with_it():
    office = warned()
    assert office.means("Hat das Rathaus auf?", kind=Kind.QUESTION) == ["alert_state", "courtesy"]
    assert office.means("Und morgen?", kind=Kind.QUESTION) == ["courtesy"]


@pytest.mark.parametrize("given", [{"kind": Kind.HINT}, {"social": Social.THANKS}])
def test_what_asks_nothing_is_not_told(given):
    assert "alert_state" not in warned().means(**given)


def test_after_its_end_nothing_is_said_of_it():
    assert warned().means(kind=Kind.QUESTION, about_danger=True, after=timedelta(hours=4)) == ["courtesy"]


def test_in_a_town_with_reports_a_question_about_the_danger_opens_none():
    office = warned("vreden")
    assert office.means(kind=Kind.QUESTION, about_danger=True) == ["alert_state"]
    assert office.cases == []


def test_own_need_goes_before_the_state():
    office = warned()
    assert office.means(need=Need.EMERGENCY, about_danger=True) == ["emergency"]
    assert office.talk.flags == {Flag.EMERGENCY}


def test_a_photo_that_asks_about_the_danger_is_no_entry():
    office = warned()
    office.citizens.contests.save(None, CONTEST)
    assert office.shows("Ist das echt?", about_danger=True) == ["alert_state"]


def test_how_to_take_part_is_explained_and_staff_read_what_is_more(contest):
    assert contest.means("Bis wann läuft es?", about_contest=True, kind=Kind.QUESTION) == ["call_about"]
    said = words(contest.bodies[0])
    assert CONTEST.terms_url in said
    assert CONTEST.keyword in said
    assert contest.talk.waiting_since == contest.at


def test_after_it_was_explained_a_photo_is_meant_for_it(contest):
    contest.means("ich mach mit", about_contest=True)
    assert contest.shows() == ["call_terms"]
    assert contest.means(answer=True) == ["call_entered"]


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, ["call_ask"]),
        ({"kind": Kind.HINT}, ["call_ask"]),
        ({"about_contest": True}, ["call_terms"]),
        ({"about_contest": True, "kind": Kind.HINT}, ["call_terms"]),
        ({"kind": Kind.HINT, "needs_place": True}, ["courtesy"]),
        ({"kind": Kind.QUESTION}, ["courtesy"]),
        ({"social": Social.WISH}, ["wish"]),
    ],
)
def test_a_photo_counts_by_what_its_caption_means(contest, given, kinds):
    assert contest.shows("Das hier", **given) == kinds


def test_where_people_may_write_a_photo_is_a_concern():
    office = ToldTown("vreden")
    assert office.shows() == ["case_opened", "offers_too"]


def test_an_offer_is_still_taken_in_a_town_that_only_sends(office):
    office.takes(Offer.CRISIS)
    assert office.person().takes(Offer.CRISIS)
