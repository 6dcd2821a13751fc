"""Need: whom to call comes first, in every town and language, and staff see it before anything else."""

import pytest

from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.reading import Command, Kind, Leaving, Need
from tests.support.told_readings import ToldTown
from tests.support.town_office import TOWNS, words

NEEDS = {
    Need.EMERGENCY: ("emergency", Flag.EMERGENCY, ("112", "110")),
    Need.VIOLENCE: ("violence", Flag.VIOLENCE, ("110", "116 016")),
    Need.DESPAIR: ("despair", Flag.DESPAIR, ("112", "0800 111 0 111")),
}


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("need", NEEDS)
def test_each_has_its_own_words_and_flag_and_waits_for_staff(town, need):
    office = ToldTown(town)
    kind, flag, numbers = NEEDS[need]
    assert office.means(need=need, kind=Kind.HINT, needs_place=True) == [kind]
    assert all(number in words(office.bodies[0]) for number in numbers)
    assert (office.talk.flags, office.talk.waiting_since) == ({flag}, office.at)
    assert office.cases == []
    assert office.bodies[0]["type"] == "text", "no offers"


@pytest.mark.parametrize("need", NEEDS)
def test_it_goes_before_an_open_question_which_stays_open_and_is_not_repeated(need):
    office = ToldTown("arnsberg")
    office.means(joins=(Offer.NEWS,))
    assert office.means(need=need, answer=True) == [NEEDS[need][0]]
    assert office.question == "consent"
    assert not office.person().takes(Offer.NEWS)


def test_a_sure_stop_beside_it_is_done_as_well():
    office = ToldTown("arnsberg")
    office.takes(Offer.NEWS)
    assert office.means(need=Need.EMERGENCY, leaving=Leaving(is_sure=True)) == ["emergency", "goodbye"]
    assert not office.person().takes(Offer.NEWS)


def test_an_unsure_stop_beside_it_asks_nothing():
    assert ToldTown().means(need=Need.DESPAIR, leaving=Leaving(is_sure=False)) == ["despair"]


def test_it_is_said_in_the_language_that_the_person_writes_in():
    office = ToldTown("bocholt")
    office.means(need=Need.EMERGENCY, speaks="tr")
    assert "arayın" in words(office.bodies[0])


def test_where_it_is_not_sure_the_answer_begins_with_whom_to_call_and_the_concern_is_taken():
    office = ToldTown("vreden")
    assert office.means(need=Need.UNSURE, kind=Kind.HINT) == ["case_opened", "offers_too"]
    assert words(office.bodies[0]).startswith("Ist es ein Notfall? Wählen Sie *112* oder *110*.")
    assert "Notfall?" not in words(office.bodies[1])
    assert len(office.cases) == 1


@pytest.mark.parametrize(("town", "receipt"), [("arnsberg", "noted"), ("bocholt", "courtesy")])
def test_the_line_is_said_also_where_there_would_be_no_answer(town, receipt):
    office = ToldTown(town)
    office.means("Und das auch", kind=Kind.QUESTION)
    office.means("Und das auch", kind=Kind.QUESTION)
    assert office.means("Und das auch", need=Need.UNSURE, kind=Kind.QUESTION) == [receipt]
    assert words(office.bodies[0]).startswith("Ist es ein Notfall?")


def test_what_is_unsure_and_nothing_else_waits_for_staff():
    office = ToldTown("vreden")
    office.means(need=Need.UNSURE)
    assert office.talk.waiting_since == office.at
    assert office.cases == []


def test_hilfe_gets_the_numbers_first_and_then_the_help():
    office = ToldTown("vreden")
    assert office.means("HILFE!!!", need=Need.UNSURE, command=Command.HELP) == ["help"]
    assert words(office.bodies[0]).startswith("Ist es ein Notfall?")


@pytest.mark.parametrize("kind", [Kind.NONE, Kind.QUESTION])
def test_who_needs_a_doctor_hears_the_number_and_is_read_all_the_same(kind):
    office = ToldTown("arnsberg")
    kinds = office.means(need=Need.MEDICAL_ADVICE, kind=kind)
    assert kinds[0] == "medical_advice"
    assert "116 117" in words(office.bodies[0])
    assert office.talk.waiting_since == office.at
    assert office.talk.flags == frozenset()
