"""Words that were changed after they were sent, as numbers in coexistence hear of it: what they say now counts."""

from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.citizen import ConsentAct
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.town import Offer
from tests.support.builders.cases import worked_on
from tests.support.town_office import ConversationHarness, words


def edits(office, original, now):
    new = {"original_message_id": original, "message": {"type": "text", "text": {"body": now}}}
    return office.hears(kind="edit", content=new)


def subscriber(town):
    office = ConversationHarness(town)
    office.hears("News")
    office.hears("Ja")
    assert office.person().takes(Offer.NEWS)
    return office


@pytest.mark.parametrize("town", ["vreden", "arnsberg", "bocholt"])
@pytest.mark.parametrize("stop", ["STOP", "Stopp!", "abmelden", "Bitte keine Nachrichten mehr", "stop please"])
def test_a_message_edited_into_a_stop_ends_what_a_typed_one_would(town, stop):
    typed, edited = subscriber(town), subscriber(town)
    said = typed.hears(stop)
    edited.hears("Danke", wamid="wamid.THANKS", after=timedelta(0))
    assert edits(edited, "wamid.THANKS", stop) == said
    assert edited.person().consents == typed.person().consents
    last = edited.citizens.ledger(town, edited.person().citizen_id)[-1]
    assert (last.act, last.at) == (ConsentAct.WITHDRAWN, edited.at)


def test_one_offer_or_topic_is_left_as_if_it_had_been_typed():
    office = subscriber("vreden")
    office.hears("Meldungen")
    office.hears("Ja")
    edits(office, "wamid.1", "Nur News abbestellen")
    assert [offer for offer in Offer if office.person().takes(offer)] == [Offer.REPORTS]


def test_an_edited_stop_that_was_none_any_more_ends_nothing():
    office = subscriber("vreden")
    assert edits(office, "wamid.1", "Stoppt den Verkehrslärm in der Hauptstraße") == []
    assert office.person().takes(Offer.NEWS)


def test_a_wish_to_be_erased_is_asked_about_and_need_is_answered():
    office = subscriber("vreden")
    assert "löschen" in words(edits(office, "wamid.1", "Löschen")[0])
    assert "112" in words(edits(office, "wamid.1", "Hilfe, es brennt!")[0])


@pytest.mark.parametrize("over", [False, True])
def test_a_report_is_corrected_however_old_it_is(over):
    office = ConversationHarness("vreden")
    office.hears("Schlagloch in der Hauptstraße 5", wamid="wamid.FIRST")
    (first,) = office.cases
    if over:
        office.citizens.cases.put(CaseChange(first, worked_on(first, CaseState.CLOSED)))
    office.hears("Laterne in der Ringstraße ist dunkel", after=timedelta(hours=3))
    assert edits(office, "wamid.FIRST", "Hauptstraße 55") == []
    first, second = sorted(office.cases, key=lambda it: it.number)
    assert first.description.endswith("Berichtigt: Hauptstraße 55")
    assert "Hauptstraße" not in second.description
    waits = bool(office.citizens.waiting("vreden"))
    assert waits is over  # nobody opens a report that is closed


@pytest.mark.parametrize("town", ["arnsberg", "neu-ulm", "bocholt"])
def test_in_conversation_a_correction_waits_for_staff_beside_the_old_words(town):
    office = ConversationHarness(town)
    office.hears("Die Rutsche am Stadtpark ist kaputt", wamid="wamid.FIRST")
    person = office.person()
    assert edits(office, "wamid.FIRST", "Die Schaukel am Stadtpark ist kaputt") == []
    assert office.person().conversation.last_at == office.at
    assert office.citizens.waiting(town)
    line = office.citizens.history(town, person.citizen_id)[-1]
    assert (line.text, line.quotes) == ("Die Schaukel am Stadtpark ist kaputt", "Die Rutsche am Stadtpark ist kaputt")


@pytest.mark.parametrize("now", ["Danke!", "Hallo", "Ja", "", "News"])
def test_what_was_no_concern_and_is_none_now_wakes_nobody(now):
    office = subscriber("vreden")
    before = office.person().consents
    assert edits(office, "wamid.1", now) == []
    assert not office.citizens.waiting("vreden")
    assert office.person().consents == before


def test_the_same_edit_again_changes_nothing():
    office = ConversationHarness("vreden")
    office.hears("Schlagloch in der Hauptstraße 5", wamid="wamid.FIRST")
    edits(office, "wamid.FIRST", "Hauptstraße 55")
    before = office.cases
    assert office.again(office.update) == []
    assert office.cases == before
