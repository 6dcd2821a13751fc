"""Bocholt's photo contest, as a citizen meets it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.contests.contest import Contest, ContestForm
from stadtdraht.domain.identifiers import message_id
from tests.support.town_office import NOON, ConversationHarness, choices, words

CONTEST = Contest(
    id="biodiversitaet",
    town="bocholt",
    title="Fotowettbewerb Biodiversität",
    form=ContestForm.PHOTO,
    keyword="Biodiversität",
    opens_at=NOON - timedelta(days=1),
    closes_at=datetime(2026, 12, 1, 17, 0, tzinfo=UTC),
    delete_at=datetime(2027, 3, 1, 0, 0, tzinfo=UTC),
    terms_url="https://www.bocholt.de/wettbewerb",
    terms_version="1",
    entries_per_person=2,
)


@pytest.fixture
def office():
    office = ConversationHarness("bocholt")
    office.citizens.contests.save(None, CONTEST)
    office.hears("Hallo")
    return office


def entries(office):
    return office.citizens.contests.entries("bocholt", CONTEST.id)


def test_the_terms_come_before_the_first_entry_and_the_photo_is_not_sent_twice(office):
    (terms,) = office.photo("Biodiversität: Hummel im Garten")
    assert "18" in words(terms)
    assert entries(office) == []
    (taken,) = office.presses(terms, "Ja, einverstanden")
    assert "1 von 2" in words(taken)
    (entry,) = entries(office)
    assert (entry.wamid, entry.text) == (message_id("wamid.2"), "Biodiversität: Hummel im Garten")
    assert office.citizens.contests.accepted("bocholt", CONTEST.id, office.person().citizen_id)


def test_two_photos_and_no_third(office):
    (terms,) = office.photo("Biodiversität")
    office.presses(terms, "Ja, einverstanden")
    assert "2 von 2" in words(office.photo()[0])
    office.photo()
    assert len(entries(office)) == 2


def test_who_declines_takes_no_part(office):
    (terms,) = office.photo("Biodiversität")
    (said,) = office.presses(terms, "Nein, danke")
    assert "nimmt nicht teil" in words(said)
    assert entries(office) == []


def test_after_the_deadline_a_kind_note(office):
    office.at = CONTEST.closes_at
    (late,) = office.photo("Biodiversität")
    assert "zu Ende" in words(late)
    assert entries(office) == []


def test_a_photo_that_says_nothing_is_asked_about_and_a_typed_yes_enters_it(office):
    (asked,) = office.photo()
    assert "Soll es bei *Fotowettbewerb Biodiversität* mitmachen?" in words(asked)
    (waiting,) = office.citizens.waiting("bocholt")
    assert waiting.waiting_since
    assert "1 von 2" in words(office.hears("ja")[0])
    assert len(entries(office)) == 1
    assert not office.citizens.waiting("bocholt")


def test_a_photo_that_is_not_meant_for_it_is_for_staff(office):
    (asked,) = office.photo("Hummel im Garten")
    office.presses(asked, "Nein, danke")
    assert entries(office) == []
    assert office.citizens.waiting("bocholt")


def test_a_photo_of_something_broken_is_no_entry_even_in_talk_about_the_contest(office):
    (terms,) = office.photo("Biodiversität")
    office.presses(terms, "Ja, einverstanden")
    (courtesy,) = office.photo("Hier liegt Müll am Aasee, bitte wegräumen")
    assert office.town.imprint.phone in words(courtesy)
    assert len(entries(office)) == 1


def test_any_photo_after_the_deadline_is_not_late_for_it(office):
    office.at = CONTEST.closes_at
    office.photo("Hier liegt Müll am Aasee, bitte wegräumen")
    assert office.citizens.waiting("bocholt")


SECOND = timedelta(seconds=1)


def gallery(office, *captions):
    """Photos sent together; what is answered to each."""
    return [office.photo(caption, after=SECOND) for caption in captions]


def takes_part(office, *captions):
    (terms,) = office.photo(captions[0])
    office.presses(terms, "Ja, einverstanden")
    for caption in captions[1:]:
        office.photo(caption)


def test_a_whole_gallery_waits_for_the_yes_and_is_asked_about_once(office):
    (asked,), second = gallery(office, "", "")
    assert second == []
    (taken,) = office.presses(asked, "Ja, einverstanden")
    assert "Ihre Einsendungen" in words(taken)
    assert "2 von 2" in words(taken)
    assert [entry.wamid for entry in entries(office)] == [message_id("wamid.2"), message_id("wamid.3")]
    assert not office.citizens.waiting("bocholt")


def test_of_a_gallery_that_is_too_large_the_first_take_part_and_it_is_said(office):
    (terms,), *others = gallery(office, "Biodiversität", "Igel", "Hummel", "Libelle")
    assert others == [[], [], []]
    taken, full = office.presses(terms, "Ja, einverstanden")
    assert "2 von 2" in words(taken)
    assert "schon alle 2" in words(full)
    assert [entry.text for entry in entries(office)] == ["Biodiversität", "Igel"]


def test_a_photo_sent_later_is_asked_about_again_with_the_first(office):
    office.photo("Biodiversität")
    (again,) = office.photo("Noch einer: Biodiversität", after=timedelta(minutes=5))
    office.presses(again, "Ja, einverstanden")
    assert len(entries(office)) == 2


def test_what_was_declined_does_not_come_back_with_a_later_yes(office):
    (terms,) = office.photo("Biodiversität")
    office.presses(terms, "Nein, danke")
    (terms,) = office.photo("Biodiversität: lieber dieses")
    office.presses(terms, "Ja, einverstanden")
    assert [entry.text for entry in entries(office)] == ["Biodiversität: lieber dieses"]


def test_a_question_about_it_is_answered_and_staff_see_it(office):
    (about,) = office.hears("Wie viele Fotos darf man einreichen?")
    assert CONTEST.terms_url in words(about)
    assert office.citizens.waiting("bocholt")


def test_a_question_after_its_end_is_for_staff_and_no_late_entry(office):
    office.at = CONTEST.closes_at
    (said,) = office.hears("Wer hat beim Fotowettbewerb Biodiversität gewonnen?")
    assert "zu Ende" not in words(said)
    assert office.citizens.contests.late("bocholt", CONTEST.id) == 0
    assert office.citizens.waiting("bocholt")


def test_who_wants_to_take_part_after_its_end_hears_that_it_is_over(office):
    office.at = CONTEST.closes_at
    (late,) = office.hears("Biodiversität")
    assert "zu Ende" in words(late)
    assert office.citizens.contests.late("bocholt", CONTEST.id) == 0


@pytest.mark.parametrize(
    "wish", ["Ich möchte mein Foto zurückziehen", "Bitte löschen Sie mein Bild", "please remove my picture"]
)
def test_an_entry_is_taken_back_by_a_message_and_nothing_else_ends(office, wish):
    takes_part(office, "Biodiversität Igel")
    (gone,) = office.hears(wish)
    assert "nicht mehr teil" in words(gone)
    assert "0 von 2" in words(gone)
    assert entries(office) == []
    assert not office.person().dialogue.question
    assert "1 von 2" in words(office.photo("Biodiversität: lieber dieses")[0])


def test_of_several_the_one_that_is_named_goes(office):
    takes_part(office, "Biodiversität Igel", "Hummel")
    (gone,) = office.hears("Nehmt bitte das zweite Foto von mir wieder raus, da ist mein Nachbar drauf zu sehen")
    assert "1 von 2" in words(gone)
    assert [entry.text for entry in entries(office)] == ["Biodiversität Igel"]


@pytest.mark.parametrize("answer", ["das zweite", "Nummer 2", "2", "the second one"])
def test_of_several_without_a_name_they_are_asked_which_and_may_type_it(office, answer):
    takes_part(office, "Biodiversität Igel", "Hummel")
    (which,) = office.hears("Ich möchte mein Foto zurückziehen")
    assert list(choices(which)) == ["1. Biodiversität …", "2. Hummel", "Alles"]
    office.hears(answer)
    assert [entry.text for entry in entries(office)] == ["Biodiversität Igel"]


def test_or_press_it_or_say_no(office):
    takes_part(office, "Biodiversität Igel", "Hummel")
    (which,) = office.hears("Ich möchte mein Foto zurückziehen")
    office.hears("nein, beide bleiben")
    assert len(entries(office)) == 2
    assert not office.person().dialogue.question
    (gone,) = office.presses(which, "Alles")
    assert "0 von 2" in words(gone)
    assert entries(office) == []


def test_who_has_none_hears_so_and_is_not_asked_whether_to_leave_the_news(office):
    (none,) = office.hears("Bitte mein Bild aus dem Wettbewerb nehmen, meine Frau will das nicht")
    assert "finden wir keine Einsendung" in words(none)
    assert office.citizens.waiting("bocholt")


def test_after_the_end_staff_hear_that_somebody_took_theirs_back(office):
    takes_part(office, "Biodiversität Igel")
    office.at = CONTEST.closes_at
    office.hears("Bitte mein Foto aus dem Wettbewerb nehmen")
    assert entries(office) == []
    assert office.citizens.waiting("bocholt")


def test_a_concern_beside_it_is_taken(office):
    takes_part(office, "Biodiversität Igel")
    said = office.hears("Bitte mein Foto löschen. Außerdem ist die Lampe in der Ringstraße seit Tagen kaputt.")
    assert "nicht mehr teil" in words(said[0])
    assert office.citizens.waiting("bocholt")


def test_who_asks_whether_theirs_has_arrived_hears_how_many_there_are(office):
    assert "finden wir keine" in words(office.hears("ich hab letzte woche ein bild geschickt, ist das angekommen?")[0])
    takes_part(office, "Biodiversität Igel")
    (said,) = office.hears("ich hab letzte woche ein bild geschickt, ist das angekommen?")
    assert "1 von 2" in words(said)


def test_an_answer_to_the_photo_itself_says_which(office):
    takes_part(office, "Biodiversität Igel", "Hummel")
    first = entries(office)[0]
    office.hears("Foto bitte löschen", context={"id": first.wamid})
    assert [entry.text for entry in entries(office)] == ["Hummel"]


def test_it_is_said_in_the_language_of_the_person(office):
    takes_part(office, "Biodiversität Igel")
    known = office.person()
    office.citizens.people["bocholt", known.citizen_id] = replace(known, language="en")
    (gone,) = office.hears("please remove my picture")
    assert "no longer takes part" in words(gone)


def test_stop_beside_it_is_not_lost(office):
    takes_part(office, "Biodiversität Igel")
    gone, asked = office.hears("STOP und mein Foto bitte auch löschen")
    assert "nicht mehr teil" in words(gone)
    assert "Ja, abmelden" in choices(asked)


def test_a_concern_beside_the_yes_is_taken(office):
    office.photo("Biodiversität Igel")
    office.hears("Ja, und die Lampe ist kaputt")
    assert len(entries(office)) == 1
    assert office.citizens.waiting("bocholt")


def test_the_words_under_one_more_photo_are_no_yes_to_the_terms(office):
    office.photo("Biodiversität")
    office.photo("Igel")
    assert entries(office) == []


def test_a_photo_that_its_person_has_deleted_takes_no_part(office):
    takes_part(office, "Biodiversität Igel", "Hummel")
    gone, _ = entries(office)
    office.hears(kind="revoke", content={"original_message_id": gone.wamid})
    assert [entry.text for entry in entries(office)] == ["Hummel"]
