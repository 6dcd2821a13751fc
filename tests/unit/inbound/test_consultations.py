"""While a consultation is open, who writes is told their place; the usual answers stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.consultations.consultation import Consultation
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext, answer
from tests.support.town_office import ConversationHarness, words

HOUR = timedelta(hours=1)
HOST = "Bürgermeisterin Beispiel"


@pytest.fixture
def hall():
    hall = ConversationHarness("arnsberg")
    plan(hall)
    return hall


def plan(hall, name="20261124-aaaaaa", *, after=timedelta()):
    opens = hall.at + after
    held = Consultation(name, hall.town.id, opens, opens + HOUR, HOST, version=1)
    assert hall.consultations.save(None, held)
    return held


def said(bodies):
    return [words(body) for body in bodies]


def place(bodies):
    return [it for it in said(bodies) if "Bürgersprechstunde" in it]


def answers(hall, who):
    staff = StaffContext(hall.town, "Frau Terhalle", hall.at, hall.citizens, hall.queue)
    answer(staff, hall.person(who).citizen_id, "Gern.", press="p")


def test_each_person_is_told_their_place_once_and_who_is_there(hall):
    first = hall.hears("Warum ist das Schwimmbad zu?")
    (told,) = place(first)
    assert f"{HOST} ist gerade hier, bis 13:00 Uhr. Ihr Platz in der Warteliste: 1." in told
    assert len(first) > 1  # the usual answer stays
    assert not place(hall.hears("Und wann öffnet es?"))
    (second,) = place(hall.hears("Warum ist die Straße gesperrt?", who="4915112345679"))
    assert "Warteliste: 2." in second


def test_who_was_answered_no_longer_stands_before_others_and_may_go_on(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    answers(hall, "4915112345678")
    assert not place(hall.hears("Wann öffnet das Schwimmbad wieder?"))  # a talk goes on without numbers
    (told,) = place(hall.hears("Warum ist die Straße gesperrt?", who="4915112345679"))
    assert "Warteliste: 2." in told


def test_outside_the_hour_nobody_hears_of_it(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.at += HOUR
    assert not place(hall.hears("Warum ist die Straße gesperrt?", who="4915112345679"))
    assert not place(hall.hears("Ist noch jemand da?"))
    assert hall.person().conversation.consultation == ""


def test_in_the_evening_somebody_is_there_all_the_same():
    hall = ConversationHarness("arnsberg")
    hall.at += timedelta(hours=8)
    plan(hall)
    told = said(hall.hears("Warum ist das Schwimmbad zu?"))
    assert "Bürgersprechstunde" in told[0]  # what else there is follows
    assert place(hall.hears("Warum ist die Straße gesperrt?", who="4915112345679"))
    assert not any("nicht besetzt" in it for it in told)


@pytest.mark.parametrize("text", ["STOP", "Hilfe, es brennt bei uns!", "Impressum", "Danke!"])
def test_who_leaves_is_in_need_or_asks_for_nothing_gets_no_place(hall, text):
    assert not place(hall.hears(text))


def test_a_next_hour_begins_with_a_new_queue(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.at += 2 * HOUR
    plan(hall, "20261124-bbbbbb")
    (told,) = place(hall.hears("Und jetzt?"))
    assert "Warteliste: 1." in told


def test_every_language_says_who_is_there_until_when_and_which_place():
    for tag, language in LANGUAGES.items():
        wording = language.sentences["consultation_place"]
        assert all(name in wording for name in ("{host}", "{until_time}", "{place}")), tag
        assert "{host}" in language.sentences["consultation_over"], tag


def test_in_their_language(hall):
    person = None
    hall.hears("Hallo")
    person = hall.person()
    hall.citizens.people[hall.town.id, person.citizen_id] = replace(person, language="en")
    told = said(hall.hears("Why is the swimming pool closed?"))
    assert any(f"{HOST} is here now, until 1:00" in it for it in told)
