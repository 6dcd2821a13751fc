"""WhatsUp Arnsberg: chat, news or both, and either can be left alone."""

import pytest

from tests.acceptance.reading import choices, words

pytestmark = pytest.mark.system


def test_people_choose_between_chat_and_news_and_both(system):
    greeting = system.answer_to("4915100030001", "arnsberg", "Hallo")
    assert len(choices(greeting)) >= 3
    assert "Arnsberg" in words(greeting)


@pytest.mark.parametrize(("typed", "expected"), [("Chat", {"chat"}), ("News", {"news"}), ("beides", {"chat", "news"})])
def test_the_choice_is_what_they_get(system, typed, expected):
    person = f"4915100031{ord(typed[0]):03d}"
    system.answer_to(person, "arnsberg", "Guten Tag")
    system.answer_to(person, "arnsberg", typed)
    system.answer_to(person, "arnsberg", "Ja")
    assert offers(system, person) == expected


def test_either_offer_can_be_left_alone(system):
    person = "4915100030099"
    system.answer_to(person, "arnsberg", "Hallo")
    system.answer_to(person, "arnsberg", "beides")
    system.answer_to(person, "arnsberg", "Ja")
    system.answer_to(person, "arnsberg", "nur Chat abbestellen")
    assert offers(system, person) == {"news"}


def test_the_same_person_is_somebody_else_in_another_town(system):
    person = "4915100030100"
    system.answer_to(person, "arnsberg", "Hallo")
    system.answer_to(person, "arnsberg", "News")
    system.answer_to(person, "arnsberg", "Ja")
    system.answer_to(person, "vreden", "Hallo")
    in_arnsberg = system.stadtdraht("citizen", "show", "--town", "arnsberg", person)
    in_vreden = system.stadtdraht("citizen", "show", "--town", "vreden", person)
    assert in_arnsberg["offers"] == ["news"]
    assert in_vreden["offers"] == []
    assert in_arnsberg["citizen_id"] != in_vreden["citizen_id"]


def offers(system, person):
    return set(system.stadtdraht("citizen", "show", "--town", "arnsberg", person)["offers"])
