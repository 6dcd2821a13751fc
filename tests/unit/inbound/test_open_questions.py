"""Open questions: a typed word answers as a button does, for a day, over whatever else is said meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.media.media import MediaState
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.reading import Command, Kind, Social
from stadtdraht.domain.understanding.sensitive_data import Sensitive
from tests.support.builders.cases import a_case
from tests.support.told_readings import ToldTown
from tests.support.town_office import words
from tests.unit.contests.test_contest import CONTEST

NEWS, CHAT, CRISIS, REPORTS = Offer.NEWS, Offer.CHAT, Offer.CRISIS, Offer.REPORTS
IBAN = frozenset({Sensitive.IBAN})


@pytest.mark.parametrize(
    ("given", "asked", "yes", "no"),
    [
        ({"joins": (NEWS,)}, "consent", "welcome", "not_now"),
        ({"command": Command.ERASE}, "erase", "erased", "not_now"),
        ({"command": Command.MY_DATA}, "export", "data_link", "not_now"),
        ({"sensitive": IBAN}, "forget", "forgotten", "kept"),
    ],
)
def test_a_typed_yes_or_no_answers_whatever_was_asked(given, asked, yes, no):
    for answer, kind in ((True, yes), (False, no)):
        office = ToldTown("arnsberg")
        office.means(**given)
        assert office.question == asked
        assert office.means(answer=answer) == [kind]
        assert office.asked == asked
        assert office.question == ""


def test_a_typed_yes_erases_and_a_typed_no_does_not():
    office = ToldTown("arnsberg")
    office.means(command=Command.ERASE)
    office.means(answer=False)
    assert office.erasures.put_in == []
    office.means(command=Command.ERASE)
    office.means(answer=True, command=Command.ERASE)
    assert len(office.erasures.put_in) == 1


def test_a_typed_yes_deletes_the_message_that_was_asked_about():
    office = ToldTown("arnsberg")
    office.means("Meine IBAN ist …", sensitive=IBAN)
    wamid = office.update.key
    office.means("löschen", answer=True, command=Command.ERASE)
    assert office.citizens.message("arnsberg", office.person().citizen_id, wamid).text == ""
    assert office.erasures.put_in == []


def test_a_photo_that_was_asked_about_goes_with_its_file():
    """The message was emptied, and the picture of the identity card stayed in the conversation."""
    office = ToldTown("arnsberg")
    office.shows("Mein Ausweis", sensitive=IBAN)
    wamid, person = message_id(office.update.key), office.person().citizen_id
    office.means("ja", answer=True)
    (file,) = office.citizens.forgotten_files
    assert (file.citizen_id, file.wamid, file.state, file.keys) == (person, wamid, MediaState.FORGOTTEN, ())
    assert ("arnsberg", person, wamid) in office.media.put_in


def test_the_wish_to_be_erased_is_not_lost_beside_a_secret():
    office = ToldTown("arnsberg")
    assert office.means(command=Command.ERASE, sensitive=IBAN) == ["erase_ask", "sensitive"]
    assert office.means("ja", answer=True) == ["erased"]


def test_a_question_beside_yes_does_both():
    office = ToldTown("vreden")
    office.means(joins=(NEWS,))
    assert office.means(answer=True, kind=Kind.QUESTION) == ["welcome", "case_opened"]
    assert office.person().takes(NEWS)
    assert len(office.cases) == 1


@pytest.mark.parametrize("town", ["arnsberg", "vreden"])
def test_another_message_is_answered_and_the_question_asked_again(town):
    office = ToldTown(town)
    office.means(joins=(NEWS,))
    *first, last = office.means(kind=Kind.QUESTION)
    assert first
    assert last == "ask_consent"
    assert office.offered == {"Ja, bitte", "Nein, danke"}
    office.means(answer=True)
    assert office.person().takes(NEWS)


@pytest.mark.parametrize(
    "given", [{"command": Command.PRIVACY}, {"social": Social.GREETING}, {"social": Social.THANKS}, {"language": "en"}]
)
def test_so_it_is_after_a_command_or_a_kind_word(given):
    office = ToldTown("arnsberg")
    office.means(joins=(NEWS,))
    assert office.means(**given)[1:] == ["ask_consent"]
    assert office.question == "consent"


def test_words_that_say_nothing_get_the_question_alone():
    office = ToldTown("vreden")
    office.means(joins=(NEWS,))
    assert office.means("weiß nicht genau") == ["ask_consent"]
    assert office.cases == []


def test_a_question_stays_open_for_a_day_from_when_it_was_asked():
    office = ToldTown("arnsberg")
    office.means(joins=(NEWS,))
    office.means(kind=Kind.QUESTION, after=timedelta(hours=23))
    office.means(answer=True, after=timedelta(minutes=59))
    assert office.person().takes(NEWS)
    other = ToldTown("arnsberg")
    other.means(joins=(NEWS,))
    other.means(answer=True, after=timedelta(hours=24))
    assert not other.person().takes(NEWS)


def test_a_button_of_an_older_question_leaves_the_newer_one_open():
    office = ToldTown("arnsberg")
    office.means(joins=(NEWS,))
    consent = office.bodies[-1]
    office.means(command=Command.ERASE)
    office.presses(consent, "Nein, danke")
    assert office.question == "erase"


def test_what_was_chosen_anew_takes_the_place_of_what_was_asked():
    office = ToldTown("arnsberg")
    office.means(joins=(NEWS,))
    office.means(joins=(CHAT,))
    office.means(answer=True)
    assert (office.person().takes(CHAT), office.person().takes(NEWS)) == (True, False)


def test_a_yes_that_names_the_offer_is_a_yes():
    office = ToldTown("bocholt")
    office.means(joins=(CRISIS,))
    assert office.means("Warnungen ja, unbedingt", answer=True, joins=(CRISIS,)) == ["welcome"]


def test_a_name_answers_and_consent_is_asked():
    office = ToldTown("neu-ulm")
    office.means(joins=(CHAT,))
    assert office.means("Erika Mustefrau", name="Erika Mustefrau") == ["ask_consent"]
    assert office.means("Sorry, Musterfrau", name="Erika Musterfrau") == ["ask_consent"]
    assert office.means(answer=True) == ["welcome"]
    assert office.person().name == "Erika Musterfrau"


def test_a_concern_at_the_name_question_is_taken_and_the_name_asked_again_with_a_way_out():
    office = ToldTown("neu-ulm")
    office.means(joins=(CHAT,))
    assert office.means("Die Ampel ist kaputt", kind=Kind.HINT) == ["out_of_hours", "ask_name_again"]
    assert "ohne Namen" in words(office.bodies[-1])
    assert office.talk.waiting_since == office.at
    assert office.means("Und die Laterne", kind=Kind.HINT) == ["ask_name_again"]
    assert office.person().name == ""


def test_no_to_the_name_question_ends_it():
    office = ToldTown("neu-ulm")
    office.means(joins=(CHAT,))
    assert office.means(answer=False) == ["not_now"]
    assert office.question == ""


def test_a_name_registers_only_where_the_town_wants_one():
    office = ToldTown("arnsberg")
    office.means("Erika Musterfrau", name="Erika Musterfrau")
    assert office.person().name == ""
    other = ToldTown("neu-ulm")
    assert other.means("Erika Musterfrau Anmeldung", name="Erika Musterfrau") == ["ask_consent"]


def test_the_district_question_takes_a_name_a_pin_or_says_that_the_place_is_none():
    office = ToldTown("bocholt")
    office.means(command=Command.DISTRICT)
    assert office.means("Sundern") == ["district_unknown"]
    assert office.question == "district"
    assert office.means("Barlo", command=Command.DISTRICT, district="barlo") == ["district_set"]
    assert office.question == ""
    office.means(command=Command.DISTRICT)
    assert office.sends_pin() == ["district_set"]
    assert office.person().district == "innenstadt"


def closed_yesterday(office):
    """A report of theirs that was closed, with the question whether they are content."""
    office.means(social=Social.GREETING)
    person = office.person()
    case = a_case(citizen_id=person.citizen_id, state="closed", over_at=office.at, last_added_at=office.at)
    office.citizens.cases.found["vreden", case.number] = case
    asked = Question(Asked.RATE, office.at, about=case.number)
    dialogue = replace(person.dialogue, question=asked, last_case=case.number)
    office.citizens.people["vreden", person.citizen_id] = replace(person, dialogue=dialogue)
    return case


@pytest.mark.parametrize(
    ("given", "stars", "kind"),
    [
        ({"rating": 3}, 3, "case_rated"),
        ({"rating": 2}, 2, "case_rated"),
        ({"rating": 1}, 1, "case_rated_low"),
        ({"answer": True}, 3, "case_rated"),
        ({"answer": False}, 1, "case_rated_low"),
        ({"rating": 3, "kind": Kind.PRAISE}, 3, "case_rated"),
    ],
)
def test_a_typed_rating_is_kept(given, stars, kind):
    office = ToldTown("vreden")
    closed_yesterday(office)
    assert office.means(**given) == [kind]
    (case,) = office.cases
    assert (case.rating, office.question) == (stars, "")


def test_something_else_meanwhile_leaves_the_rating_open():
    office = ToldTown("vreden")
    closed_yesterday(office)
    assert office.means(command=Command.IMPRINT) == ["imprint", "case_rate"]
    assert office.offered == {"Zufrieden", "Geht so", "Nicht zufrieden"}


def test_a_typed_yes_to_the_terms_of_a_contest_enters_the_photo():
    office = ToldTown("bocholt")
    office.citizens.contests.save(None, CONTEST)
    office.means(social=Social.GREETING)
    assert office.shows("Foto für den Wettbewerb", about_contest=True) == ["call_terms"]
    assert office.means(command=Command.IMPRINT) == ["imprint", "call_terms"]
    assert office.means(answer=True) == ["call_entered"]
    assert len(office.citizens.contests.entries("bocholt", CONTEST.id)) == 1


def test_a_typed_no_to_the_terms_takes_no_part():
    office = ToldTown("bocholt")
    office.citizens.contests.save(None, CONTEST)
    office.means(social=Social.GREETING)
    office.shows("Biodiversität", about_contest=True)
    assert office.means(answer=False) == ["call_declined"]


def test_a_message_with_bank_data_is_a_concern_as_always_and_can_be_deleted():
    office = ToldTown("vreden")
    assert office.means("IBAN …", kind=Kind.QUESTION, sensitive=IBAN) == ["case_opened", "offers_too", "sensitive"]
    assert office.talk.flags == {Flag.SENSITIVE}
    assert office.offered == {"Nachricht löschen", "Behalten"}
    office.taps("Nachricht löschen")
    (case,) = office.cases
    assert "IBAN" not in case.description


def test_a_number_and_nothing_else_opens_no_report():
    office = ToldTown("vreden")
    assert office.means("DE02 …", sensitive=IBAN) == ["sensitive"]
    assert office.means(answer=False) == ["kept"]
    assert office.cases == []
