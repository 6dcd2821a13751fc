"""Whom staff find by what they have in hand."""

from dataclasses import replace

import pytest

from stadtdraht.usecases.inbound.find_person import PersonPorts
from stadtdraht.usecases.inbound.office.search_people import search_people
from tests.support.fakes.citizens import FakeConversations
from tests.support.town_office import ANNA, ConversationHarness

OTHER = "49169000000"


@pytest.fixture
def office():
    office = ConversationHarness("vreden")
    for who, name in ((ANNA, "Anna Müller-Lüdenscheidt"), (OTHER, "Bernd Voss 2")):
        office.hears("Hallo", who=who)
        person = office.person(who)
        office.citizens.people["vreden", person.citizen_id] = replace(person, name=name)
    return office


def found(office, typed):
    ports = PersonPorts(office.citizens, office.citizens.cases)
    result = search_people(office.town, typed, ports, FakeConversations(office.citizens))
    return [it.name.split()[0] for it in result.people]


@pytest.mark.parametrize(
    "typed", ["0151 12345678", "+49 (0)151 12345678", " 0049 151 12345678 ", "anna", "MUELLER", "lüden", "Anna Mü"]
)
def test_by_number_in_any_spelling_and_by_the_beginning_of_a_name(office, typed):
    assert found(office, typed) == ["Anna"]


def test_by_the_number_of_a_report(office):
    office.hears("In der Twicklerstraße ist ein Schlagloch")
    (case,) = office.cases
    assert found(office, case.number) == ["Anna"]


def test_by_the_id_of_a_line(office):
    assert found(office, office.person(OTHER).citizen_id) == ["Bernd"]


@pytest.mark.parametrize("typed", ["", " ", "a", "Schlagloch", "0151 99999999", "2026-9999", "nna", "%"])
def test_nobody_is_an_outcome_and_words_are_not_searched(office, typed):
    assert found(office, typed) == []


def test_a_name_may_have_a_digit_in_it(office):
    assert found(office, "Voss 2") == ["Bernd"]
