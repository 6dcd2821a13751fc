"""What a message is: a question, a report, a kind word, an insult; and only what needs one is asked for its place."""

import pytest

from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.reading import Command, Kind, Social
from tests.support.told_readings import ToldTown
from tests.support.town_office import words

WHERE = "Wo genau ist das?"


def test_a_question_gets_a_number_and_is_not_asked_where_it_is():
    office = ToldTown("vreden")
    assert office.means("Wann habt ihr auf?", kind=Kind.QUESTION) == ["case_opened", "offers_too"]
    (case,) = office.cases
    assert case.kind is CaseKind.QUESTION
    assert "(Frage)" in words(office.bodies[0])
    assert WHERE not in words(office.bodies[0])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NONE])
def test_every_kind_of_concern_is_a_kind_of_report(kind):
    office = ToldTown("vreden")
    office.means(kind=kind)
    assert office.cases[0].kind == kind.value


@pytest.mark.parametrize(
    ("given", "asks"),
    [({"needs_place": True}, True), ({"needs_place": True, "place": "Hauptstr 3"}, False), ({}, False)],
)
def test_the_place_is_asked_for_where_it_is_needed_and_not_said(given, asks):
    office = ToldTown("vreden")
    office.means("Die Laterne ist aus", kind=Kind.HINT, **given)
    assert (WHERE in words(office.bodies[0])) is asks
    assert office.cases[0].place.address == given.get("place", "")


def test_the_place_may_come_in_a_second_message():
    office = ToldTown("vreden")
    office.means("Die Laterne ist aus", kind=Kind.HINT, needs_place=True)
    assert office.means("vor dem Rathaus", place="vor dem Rathaus") == ["case_added"]
    (case,) = office.cases
    assert (case.place.address, case.kind) == ("vor dem Rathaus", CaseKind.HINT)


def test_a_photo_without_words_is_asked_what_and_where():
    office = ToldTown("vreden")
    assert office.shows() == ["case_opened", "offers_too"]
    assert "wo ist das?" in words(office.bodies[0])


@pytest.mark.parametrize("town", ["vreden", "arnsberg", "bocholt"])
@pytest.mark.parametrize(
    ("text", "social", "kind"),
    [("Hallöchen", Social.GREETING, "greeting"), ("Vielen Dank!", Social.THANKS, "thanks"),
     ("Schönen Sonntag", Social.WISH, "wish"), ("?", Social.NONE, "greeting"), ("😡", Social.NONE, "greeting"),
     (" ", Social.NONE, "greeting")],
)  # fmt: skip
def test_small_talk_gets_a_kind_word_and_nobody_waits(town, text, social, kind):
    office = ToldTown(town)
    office.means("Hallo", social=Social.GREETING)
    assert office.means(text, social=social) == [kind]
    assert (office.cases, office.talk) == ([], None)


def test_thanks_inside_a_report_change_nothing():
    office = ToldTown("vreden")
    assert office.means(kind=Kind.HINT, social=Social.THANKS) == ["case_opened", "offers_too"]


def test_a_word_or_two_in_talk_with_staff_belong_to_it_and_a_sign_does_not():
    office = ToldTown("arnsberg")
    office.means(kind=Kind.QUESTION)
    assert office.means("am Barloer Weg") == []
    assert office.talk.last_at == office.at
    assert office.means("?") == ["greeting"]
    assert office.talk.last_at < office.at


def test_an_insult_is_kept_and_flagged_and_starts_no_number_game():
    office = ToldTown("vreden")
    assert office.means("…", abuse=True, kind=Kind.CRITICISM) == ["noted"]
    assert (office.talk.flags, office.talk.waiting_since) == ({Flag.ABUSE}, office.at)
    assert office.cases == []


def test_a_report_is_taken_however_rudely_it_is_made():
    office = ToldTown("vreden")
    office.means(abuse=True, kind=Kind.HINT, place="Kampstraße")
    assert office.talk.flags == {Flag.ABUSE}
    assert len(office.cases) == 1


def test_who_wants_a_person_hears_how_and_waits_for_one_where_somebody_reads():
    office = ToldTown("arnsberg")
    assert office.means(command=Command.HUMAN) == ["human"]
    said = words(office.bodies[0])
    assert office.town.imprint.phone in said
    assert office.town.imprint.email in said
    assert "8:30–16:00" in said
    assert office.talk.waiting_since == office.at
    other = ToldTown("bocholt")
    assert other.means(command=Command.HUMAN) == ["human"]
    assert other.talk is None


def test_opening_hours_are_said_and_are_a_question_where_the_town_has_none():
    office = ToldTown("arnsberg")
    assert office.means(command=Command.OPENING_HOURS) == ["opening_hours"]
    assert "• Montag–Donnerstag: 8:30–16:00\n• Freitag: 8:30–12:30" in words(office.bodies[0])
    assert office.talk is None
    other = ToldTown("bocholt")
    assert other.means(command=Command.OPENING_HOURS) == ["courtesy_offers"]
    assert other.talk.waiting_since == other.at


def test_somebody_new_is_answered_in_their_language_and_hears_how_to_change_it():
    office = ToldTown("bocholt")
    office.means("Good morning", social=Social.GREETING, speaks="en")
    assert "Change language: Deutsch" in words(office.bodies[0])
    office.means("Guten Tag", social=Social.GREETING, speaks="de")
    assert office.person().language == "en"


def test_several_things_in_one_message_are_all_done():
    office = ToldTown("vreden")
    kinds = office.means(joins=(Offer.NEWS,), command=Command.PRIVACY, kind=Kind.QUESTION)
    assert kinds == ["ask_consent", "privacy", "case_opened", "offers_too"]
