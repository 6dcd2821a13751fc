"""WhatsNU: citizens register with their name, then talk to the mayor."""

import pytest

from tests.acceptance.reading import choices, words

pytestmark = pytest.mark.system


def test_registration_asks_for_the_name_before_it_asks_for_consent(system):
    person = "4915100020001"
    greeting = system.answer_to(person, "neu-ulm", "Hallo")
    assert "Neu-Ulm" in words(greeting)
    asked = system.answer_to(person, "neu-ulm", press=choices(greeting)[0])
    assert "Wie heißen Sie?" in words(asked)
    confirm = system.answer_to(person, "neu-ulm", "Erika Beispiel")
    assert "Erika Beispiel" in words(confirm)
    system.answer_to(person, "neu-ulm", press=choices(confirm)[0])
    shown = system.stadtdraht("citizen", "show", "--town", "neu-ulm", person)
    assert shown["name"] == "Erika Beispiel"
    assert "chat" in shown["offers"]


def test_the_name_stays_out_of_every_log(system):
    person = "4915100020002"
    greeting = system.answer_to(person, "neu-ulm", "Hallo", name="Wilhelmine Sonderbar")
    system.answer_to(person, "neu-ulm", press=choices(greeting)[0])
    confirm = system.answer_to(person, "neu-ulm", "Wilhelmine Sonderbar")
    system.answer_to(person, "neu-ulm", press=choices(confirm)[0])
    for log in (system.state / "logs").glob("*.log"):
        if log.name != "whatsapp.log":
            text = log.read_text(errors="replace")
            assert "Sonderbar" not in text, log.name
            assert person not in text, log.name
