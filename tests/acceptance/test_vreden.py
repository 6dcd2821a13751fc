"""WhatsUp Vreden: news and reports side by side, and most people take both in one tap."""

import pytest

from tests.acceptance.reading import choices, words

pytestmark = pytest.mark.system


def test_one_tap_takes_both_offers(system):
    person = "4915100010001"
    greeting = system.answer_to(person, "vreden", "Hallo")
    assert "Vreden" in words(greeting)
    both = next(title for title in choices(greeting) if "beide" in title.casefold())
    question = system.answer_to(person, "vreden", press=both)
    system.answer_to(person, "vreden", press=choices(question)[0])
    assert offers(system, person) == {"news", "reports"}


def test_the_greeting_says_what_happens_with_data(system):
    greeting = system.answer_to("4915100010002", "vreden", "Guten Morgen")
    assert "/t/vreden/privacy" in words(greeting)


def test_choosing_alone_is_no_consent_yet(system):
    person = "4915100010003"
    greeting = system.answer_to(person, "vreden", "Hallo")
    system.answer_to(person, "vreden", press=choices(greeting)[0])
    assert offers(system, person) == set()


def test_an_offer_may_be_typed(system):
    person = "4915100010004"
    system.answer_to(person, "vreden", "hallo!")
    question = system.answer_to(person, "vreden", "Beides")
    system.answer_to(person, "vreden", "ja")
    assert choices(question)
    assert offers(system, person) == {"news", "reports"}


def test_consents_stand_in_the_ledger_with_wording_time_and_message(system):
    person = "4915100010005"
    greeting = system.answer_to(person, "vreden", "Hallo")
    question = system.answer_to(person, "vreden", press=choices(greeting)[0])
    system.answer_to(person, "vreden", press=choices(question)[0])
    entries = system.stadtdraht("citizen", "show", "--town", "vreden", person)["ledger"]
    assert all(
        entry["wording_version"] and entry["at"] and entry["message_id"].startswith("wamid.") for entry in entries
    )
    assert entries


@pytest.mark.parametrize(
    ("person", "spelling"),
    [
        ("4915100010021", "STOP"),
        ("4915100010022", "stop"),
        ("4915100010023", "Stopp!"),
        ("4915100010024", "abmelden"),
        ("4915100010025", "Bitte keine Nachrichten mehr"),
        ("4915100010026", "sotp"),
        ("4915100010027", " S T O P "),
    ],
)
def test_stop_in_any_spelling_ends_it_at_once_and_is_confirmed(system, person, spelling):
    system.answer_to(person, "vreden", "Hallo")
    system.answer_to(person, "vreden", "Beides")
    system.answer_to(person, "vreden", "ja")
    assert offers(system, person) == {"news", "reports"}
    goodbye = system.answer_to(person, "vreden", spelling)
    assert "abgemeldet" in words(goodbye).casefold()
    assert offers(system, person) == set()


def test_who_left_one_offer_keeps_the_other(system):
    person = "4915100010007"
    system.answer_to(person, "vreden", "Hallo")
    system.answer_to(person, "vreden", "Beides")
    system.answer_to(person, "vreden", "ja")
    system.answer_to(person, "vreden", "nur News abbestellen")
    assert offers(system, person) == {"reports"}


def test_whoever_left_may_come_back(system):
    person = "4915100010008"
    system.answer_to(person, "vreden", "Hallo")
    system.answer_to(person, "vreden", "STOP")
    assert choices(system.answer_to(person, "vreden", "Start"))


def test_an_emergency_is_sent_to_112_at_once(system):
    assert "112" in words(system.answer_to("4915100010009", "vreden", "Hilfe es brennt in der Twickler Straße"))


def offers(system, person):
    return set(system.stadtdraht("citizen", "show", "--town", "vreden", person)["offers"])
