"""Reports: whatever is said about one thing becomes one case, with a number, a kind, a place and a promise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseKind, CaseState
from tests.support.town_office import ConversationHarness, choices, words


def test_a_concern_becomes_a_case_at_once_and_says_its_number():
    office = ConversationHarness()
    receipt, offers = office.hears("In der Twicklerstraße 5 ist ein tiefes Schlagloch")
    (case,) = office.cases
    assert (case.number, case.kind, case.place.address) == ("2026-0001", CaseKind.HINT, "Twicklerstraße 5")
    assert "2026-0001" in words(receipt)
    assert "27. November" in words(receipt)  # three working days after Tuesday
    assert choices(offers) == {"News": "offer:news"}  # reports they make already
    assert len(office.hears("In der Gartenstraße ist es dunkel, die Laterne ist aus", who="4915100000002")) == 2
    assert {case.number for case in office.cases} == {"2026-0001", "2026-0002"}


def test_photos_text_and_pin_of_one_thing_join_in_any_order():
    office = ConversationHarness()
    (receipt, _) = office.photo()
    assert "Was ist auf dem Foto zu sehen" in words(receipt)
    second = timedelta(seconds=3)
    assert office.photo(after=second) == []
    assert office.hears("Hier liegt seit Wochen Müll", after=second) == []
    (place,) = office.pin(52.0401, 6.8301, after=second)
    assert "2026-0001" in words(place)
    (case,) = office.cases
    assert (len(case.photo_ids), case.description, case.place.latitude) == (2, "Hier liegt seit Wochen Müll", 52.0401)
    assert len(case.message_ids) == 4
    assert len(office.media.put_in) == 2


def test_what_comes_much_later_is_a_case_of_its_own_unless_it_answers():
    office = ConversationHarness()
    office.hears("Die Laterne am Markt ist kaputt")
    assert "2026-0002" in words(office.hears("Der Radweg ist zugewachsen", after=timedelta(hours=3))[0])
    office.hears("Der Radweg ist jetzt ganz zu", after=timedelta(days=1), context={"id": "wamid.town"})
    assert [len(case.message_ids) for case in office.cases] == [1, 2]


def test_the_kind_can_be_corrected_by_tapping():
    office = ConversationHarness()
    (receipt, _) = office.hears("Ich habe eine Idee für den Spielplatz")
    assert office.cases[0].kind is CaseKind.IDEA
    (asked,) = office.presses(receipt, "Art ändern")
    (said,) = office.presses(asked, "Kritik")
    assert "Kritik" in words(said)
    assert office.cases[0].kind is CaseKind.CRITICISM


def test_nobody_changes_or_reads_a_case_of_somebody_else():
    office = ConversationHarness()
    (receipt, _) = office.hears("Die Ampel an der Schule ist kaputt")
    other = "4915100000002"
    (refused,) = office.presses(receipt, "Art ändern", who=other)
    assert "2026-0001" not in words(refused)
    (nothing,) = office.hears("Status 2026-0001", who=other)
    assert "keine Meldung" in words(nothing)
    assert words(nothing) == words(office.hears("Status 2026-0002", who=other)[0]).replace("0002", "0001")


def test_status_is_told_on_demand():
    office = ConversationHarness()
    office.hears("Die Ampel an der Schule ist kaputt")
    (state,) = office.hears("Status 2026-0001")
    assert "angekommen" in words(state)
    assert "2026-0001" in words(office.hears("status")[0])


def test_reports_close_by_are_hinted_at():
    office = ConversationHarness()
    office.pin(52.0401, 6.8301)
    office.hears("Hier ist ein Loch", after=timedelta(seconds=5))
    office.pin(52.0402, 6.8302, who="4915100000002")
    assert office.cases[1].near == ("2026-0001",)


def test_reports_close_by_are_hinted_at_when_the_pin_comes_after_the_words():
    """The line asks for the place after the words, so this is how most of them come."""
    office = ConversationHarness()
    office.hears("Schlagloch in der Bahnhofstraße")
    office.pin(52.0401, 6.8301)
    office.hears("Großes Schlagloch Bahnhofstraße", who="4915100000002")
    assert office.cases[1].near == ()
    office.pin(52.0402, 6.8302, who="4915100000002")
    assert [case.near for case in office.cases] == [(), ("2026-0001",)]
    assert len(office.cases) == 2


def test_a_list_shows_what_was_written_last():
    office = ConversationHarness()
    office.hears("Die Ampel an der Schule ist kaputt")
    office.photo(after=timedelta(minutes=1))
    assert office.cases[0].last_words == "Die Ampel an der Schule ist kaputt"
    office.hears("Seit heute früh, sehr dunkel,\n" + "ganz dunkel " * 20)
    assert office.cases[0].last_words.startswith("Seit heute früh, sehr")
    assert office.cases[0].last_words.endswith("…")
    assert len(office.cases[0].last_words) <= 80


def test_words_decide_who_works_on_it():
    office = ConversationHarness()
    office.hears("Auf der Wüllener Straße ist ein Schlagloch")
    assert office.cases[0].department == "bauhof"


def test_a_rating_is_kept_and_thanked_for():
    office = ConversationHarness()
    office.hears("Die Ampel an der Schule ist kaputt")
    reply = {"type": "button_reply", "button_reply": {"id": "rate:2026-0001:3", "title": "Zufrieden"}}
    (thanks,) = office.hears(kind="interactive", content=reply)
    assert "Dank" in words(thanks)
    assert office.cases[0].rating == 3
    assert office.cases[0].state is CaseState.NEW


def test_the_same_message_again_makes_no_second_case():
    office = ConversationHarness()
    office.hears("Die Ampel an der Schule ist kaputt")
    assert office.again(office.update) == []
    assert len(office.cases) == 1


def test_greetings_and_thanks_open_nothing():
    office = ConversationHarness()
    office.hears("Hallo")
    office.hears("Vielen Dank!")
    office.hears("👍🏽❤️")
    assert office.cases == []
    (greeting,) = ConversationHarness().hears("Danke")
    assert "News" in choices(greeting)


@pytest.mark.parametrize("said", ["ja", "Ja, gerne", "ok", "evet", "так", "نعم"])
def test_a_yes_that_nobody_asked_for_is_no_report(said):
    office = ConversationHarness()
    office.hears("Hallo")
    (shown,) = office.hears(said)
    assert office.cases == []
    assert "News" in choices(shown)
    office.hears("beides")
    office.hears("ja")
    assert office.hears(said) == []
    assert office.cases == []


def test_a_yes_long_after_the_report_answers_what_staff_asked_about_it():
    office = ConversationHarness()
    office.hears("Die Laterne am Markt ist kaputt")
    assert office.hears("ja", after=timedelta(hours=5)) == []
    (case,) = office.cases
    assert (case.description.split("\n")[-1], len(case.message_ids)) == ("ja", 2)


def test_a_yes_to_what_staff_asked_in_conversation_waits_for_them():
    office = ConversationHarness("arnsberg")
    office.hears("Wann wird die Marktstraße saniert?")
    person = office.person()
    quiet = replace(person.conversation, waiting_since=None)
    office.citizens.people["arnsberg", person.citizen_id] = replace(person, conversation=quiet)
    assert office.hears("ja") == []
    assert office.person().conversation.waiting_since == office.at
