"""A name that we know is put right when its person says so, and by nothing less."""

from dataclasses import replace

import pytest

from stadtdraht.domain.town import Offer
from tests.support.town_office import ConversationHarness, words


@pytest.fixture
def office():
    """Anna Maier talks to the town that asks for names."""
    office = ConversationHarness("neu-ulm")
    office.hears("Gespräch")
    office.hears("Anna Maier")
    office.hears("ja")
    assert office.person().name == "Anna Maier"
    assert office.person().takes(Offer.CHAT)
    return office


@pytest.mark.parametrize(
    "said",
    [
        "Nein, ich heiße Meyer mit ey",
        "mein Name ist falsch, ich heiße Anna Meyer",
        "Mein Name ist falsch geschrieben, richtig ist Anna Meyer",
        "Bitte meinen Namen ändern: Anna Meyer",
        "Ich heiße jetzt Anna Meyer",
        "Meyer nicht Maier",
        "Sorry, Meyer",
        "*Meyer",
        "My name is wrong, I am called Anna Meyer",
        "Adım yanlış, benim adım Anna Meyer",
    ],
)
def test_it_is_put_right_and_said(office, said):
    (answer,) = office.hears(said)
    assert "*Anna Meyer*" in words(answer)
    assert office.person().name == "Anna Meyer"
    assert office.person().takes(Offer.CHAT)


def test_another_alphabet_and_language(office):
    known = office.person()
    office.citizens.people["neu-ulm", known.citizen_id] = replace(known, language="uk")
    (answer,) = office.hears("Моє ім'я неправильне, мене звати Ганна Мельник")
    assert "ми змінили ваше ім’я: *Ганна Мельник*" in words(answer)


@pytest.mark.parametrize(
    "said",
    [
        "Guten Tag, mein Name ist Peter Huber, ich schreibe für meine Frau, wann hat das Amt auf?",
        "Ich heiße Peter Huber und bin nicht zufrieden mit der Müllabfuhr",
        "Meine Nachbarin heißt Meyer",
        "Herr Meyer vom Bauhof war nicht da",
        "Der Straßenname auf dem Schild ist falsch",
        "Im Park werden Kinder nicht in Ruhe gelassen",
        "Nein, danke",
        "Mail",
    ],
)
def test_everything_else_leaves_it_alone(office, said):
    office.hears(said)
    assert office.person().name == "Anna Maier"


def test_whoever_signs_a_concern_is_heard(office):
    office.hears("Mein Name ist Anna Maier und die Lampe in der Bahnhofstraße ist kaputt")
    assert office.citizens.waiting("neu-ulm")


def test_who_only_says_that_it_is_wrong_is_asked_and_may_ask_something_else_first(office):
    (asked,) = office.hears("Mein Name ist falsch geschrieben")
    assert "Wie heißen Sie richtig?" in words(asked)
    *_, again = office.hears("Wann hat das Rathaus auf?")
    assert "Wie heißen Sie richtig?" in words(again)
    (said,) = office.hears("Anna Meyer")
    assert "*Anna Meyer*" in words(said)
    assert office.person().dialogue.question is None


def test_while_they_are_asked_for_their_consent_they_are_asked_again_by_the_right_name():
    office = ConversationHarness("neu-ulm")
    office.hears("Gespräch")
    office.hears("Anna Maier")
    (asked,) = office.hears("Nein, Meyer mit ey")
    assert "Anna Meyer" in words(asked)
    (welcome,) = office.hears("ja")
    assert "Anna Meyer" in words(welcome)
    assert office.person().takes(Offer.CHAT)


def test_a_concern_beside_it_is_taken(office):
    office.hears("Nein, ich heiße Anna Meyer. Und die Lampe in der Bahnhofstraße ist immer noch kaputt")
    assert office.person().name == "Anna Meyer"
    assert office.citizens.waiting("neu-ulm")


def test_a_town_that_asks_for_no_names_keeps_none():
    office = ConversationHarness("arnsberg")
    office.hears("Mein Name ist falsch, ich heiße Anna Meyer")
    assert office.person().name == ""
