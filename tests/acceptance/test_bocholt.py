"""Bocholt: a newsletter one way, crisis messages, and a courtesy answer for whoever writes all the same."""

import pytest

from tests.acceptance.reading import choices, words

pytestmark = pytest.mark.system


def test_the_greeting_offers_news_and_crisis_messages(system):
    greeting = system.answer_to("4915100040001", "bocholt", "Hallo")
    offered = " ".join(choices(greeting)).casefold()
    assert "news" in offered
    assert "krise" in offered or "warn" in offered


def test_crisis_messages_never_ask_for_a_name(system):
    person = "4915100040002"
    greeting = system.answer_to(person, "bocholt", "Hallo")
    crisis = next(title for title in choices(greeting) if "warn" in title.casefold() or "kris" in title.casefold())
    question = system.answer_to(person, "bocholt", press=crisis)
    system.answer_to(person, "bocholt", press=choices(question)[0])
    assert "crisis" in system.stadtdraht("citizen", "show", "--town", "bocholt", person)["offers"]


def test_who_writes_gets_a_courtesy_answer(system):
    person = "4915100040003"
    system.answer_to(person, "bocholt", "Hallo")
    answer = system.answer_to(person, "bocholt", "Warum ist die Nordstraße gesperrt?")
    assert "?" not in words(answer).replace("wa.me/", "")
    assert words(answer)


def test_a_newsletter_reaches_those_who_confirmed_in_the_chat(system):
    person = "4915100040004"
    greeting = system.answer_to(person, "bocholt", "Hallo")
    news = next(title for title in choices(greeting) if "news" in title.casefold())
    question = system.answer_to(person, "bocholt", press=news)
    system.answer_to(person, "bocholt", press=choices(question)[0])
    before = len(system.received(person, "bocholt"))
    system.stadtdraht(
        "broadcast", "send", "--town", "bocholt", "--title", "Bücherflohmarkt", "--teaser",
        "Am Sonntag im Medienzentrum.", "--link", "https://www.bocholt.de/flohmarkt", "--yes",
    )  # fmt: skip
    letter = system.after(person, "bocholt", before + 1)
    assert letter["type"] == "template"
    assert "Bücherflohmarkt" in words(letter)
