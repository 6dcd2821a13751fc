"""Bocholt's photo contest, as a citizen meets it."""

from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.contests.contest import Contest, ContestForm
from stadtdraht.domain.identifiers import message_id
from tests.support.town_office import NOON, ConversationHarness, words

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
