"""Conversations: who waits, what is flagged, when nobody is there, and what nobody has to answer."""

from datetime import UTC, datetime, timedelta

from stadtdraht.domain.conversation import Flag
from tests.support.town_office import ANNA, NOON, ConversationHarness, choices, words

LONG_WISH = "Guten Morgen! Schicke diesen Segen an alle weiter, die du lieb hast, und er kommt siebenfach zu dir zurück"
HOURS_UNTIL_NIGHT = timedelta(hours=10)


def waiting(office):
    return office.citizens.waiting(office.town.id)


def test_a_question_waits_for_an_answer():
    office = ConversationHarness("arnsberg")
    office.hears("Hallo")
    assert waiting(office) == []
    office.hears("Wann wird die Marktstraße saniert?")
    office.hears("Und wer zahlt das?")
    (one,) = waiting(office)
    assert one.waiting_since == office.at - timedelta(minutes=1)


def test_out_of_hours_one_note_per_conversation_names_the_next_opening():
    office = ConversationHarness("arnsberg")
    office.hears("Hallo")
    (note,) = office.hears("Wann wird die Marktstraße saniert?", after=HOURS_UNTIL_NIGHT)
    assert "morgen ab *8:30 Uhr*" in words(note)
    assert office.hears("Das ist mir wichtig") == []


def test_public_holidays_are_known():
    office = ConversationHarness("arnsberg")
    office.at = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)
    office.hears("Hallo")
    (note,) = office.hears("Wann wird die Marktstraße saniert?")
    assert "am *Montag, 28. Dezember* ab *8:30 Uhr*" in words(note)


def test_an_emergency_is_answered_at_once_and_flagged():
    office = ConversationHarness("arnsberg")
    (answer,) = office.hears("Hilfe, es brennt bei uns im Haus!")
    assert "112" in words(answer)
    assert waiting(office)[0].flags == {Flag.EMERGENCY}


def test_sensitive_content_is_warned_of_and_can_be_deleted_at_once():
    office = ConversationHarness("arnsberg")
    office.hears("Hallo")
    receipt, warning = office.hears("Meine IBAN ist DE89 3704 0044 0532 0130 00")
    assert "angekommen" in words(receipt)
    assert office.town.imprint.phone in words(warning)
    assert waiting(office)[0].flags == {Flag.SENSITIVE}
    (gone,) = office.presses(warning, "Nachricht löschen")
    assert "gelöscht" in words(gone)
    assert office.citizens.message("arnsberg", office.person().citizen_id, "wamid.2").text == ""


def test_a_chain_message_gets_no_answer_and_nobody_waits():
    office = ConversationHarness("bocholt")
    office.hears("Hallo")
    assert office.hears(LONG_WISH, context={"frequently_forwarded": True, "forwarded": True}) == []
    (one,) = waiting(office)
    assert (one.flags, one.waiting_since) == ({Flag.CHAIN}, None)


def test_the_same_text_of_several_people_is_a_chain_message():
    office = ConversationHarness("bocholt")
    text = "Liebe Leute, ab Montag wird das Wasser in der ganzen Stadt abgestellt, sagt es allen Nachbarn und Freunden"
    for number in range(3):
        office.hears(text, who=f"49151000000{number}")
    office.hears("Hallo", who=ANNA)
    assert office.hears(text, who=ANNA) == []


def test_a_one_way_town_answers_every_question_kindly_and_the_same_one_once():
    office = ConversationHarness("bocholt")
    office.hears("Hallo")
    (courtesy,) = office.hears("Wann kommt die gelbe Tonne?")
    assert office.town.imprint.phone in words(courtesy)
    assert office.hears("Wann kommt die gelbe Tonne?") == []
    (other,) = office.hears("Hallo? Wann kommt die Tonne denn nun?")
    assert office.town.imprint.phone in words(other)
    assert office.hears("Wann kommt die gelbe Tonne?", after=timedelta(minutes=31)) != []


def test_somebody_new_in_a_one_way_town_hears_where_to_ask_and_what_there_is_in_one():
    office = ConversationHarness("bocholt")
    (told,) = office.hears("Guten Tag, wann wird bei uns die gelbe Tonne geleert?")
    assert office.town.imprint.phone in words(told)
    assert office.town.imprint.email in words(told)
    assert "Warnungen" in choices(told)
    assert len(waiting(office)) == 1


def test_an_opt_out_does_not_stop_an_answer_to_a_question():
    office = ConversationHarness("arnsberg")
    office.hears("beides")
    office.hears("ja")
    office.hears("STOP")
    assert office.hears("Was kostet ein neuer Personalausweis?")
    assert waiting(office)


def test_language_is_taken_at_a_word_and_kept():
    office = ConversationHarness("arnsberg")
    office.hears("English please")
    assert office.person().language == "en"
    (asked,) = office.hears("Sprache")
    assert "Deutsch" in choices(asked)
    office.presses(asked, "Deutsch")
    assert office.person().language == "de"


def test_topics_are_chosen_and_left_one_by_one():
    office = ConversationHarness("bocholt")
    office.hears("News")
    office.hears("ja")
    office.hears("Thema Verkehr")
    assert office.person().topics == {"traffic"}
    office.hears("Müllabfuhr")
    assert office.person().topics == {"traffic", "waste"}
    office.hears("Verkehr abbestellen")
    assert office.person().topics == {"waste"}


def test_leaving_one_topic_of_all_keeps_the_others():
    office = ConversationHarness("bocholt")
    office.hears("News")
    office.hears("ja")
    office.hears("Feuerwehr abbestellen")
    assert office.person().topics == {"events", "traffic", "waste", "youth"}


def test_a_district_is_taken_by_name_and_by_pin_and_the_pin_is_forgotten():
    office = ConversationHarness("bocholt")
    office.hears("ich wohne in Barlo")
    assert office.person().district == "barlo"
    office.hears("Stadtteil")
    office.pin(51.8386, 6.6153)
    assert office.person().district == "innenstadt"
    assert office.citizens.message("bocholt", office.person().citizen_id, "wamid.3").latitude == ""


def test_auskunft_and_loeschen_work_in_the_chat():
    office = ConversationHarness("arnsberg")
    office.hears("beides")
    office.hears("ja")
    (shown,) = office.hears("AUSKUNFT")
    assert ANNA in words(shown)
    (link,) = office.presses(shown, "Ja, als Datei")
    assert "https://x.example/data/arnsberg-" in words(link)
    (asked,) = office.hears("LÖSCHEN")
    assert office.erasures.put_in == []
    office.presses(asked, "Ja, alles löschen")
    assert office.erasures.put_in == [("arnsberg", office.person().citizen_id, office.at)]


def test_a_person_is_somebody_else_in_every_town():
    one, other = ConversationHarness("arnsberg"), ConversationHarness("bocholt")
    one.hears("Hallo")
    other.hears("Hallo")
    assert one.person().citizen_id != other.person().citizen_id


def test_a_new_number_takes_conversation_and_consents_along():
    office = ConversationHarness("arnsberg")
    office.hears("beides", from_user_id="DE.7")
    office.hears("ja", from_user_id="DE.7")
    office.hears("Eine Frage an den Bürgermeister", from_user_id="DE.7")
    change = {"type": "user_changed_number", "wa_id": "49222", "user_id": "DE.8", "previous_user_id": "DE.7"}
    office.hears(kind="system", content=change)
    moved = office.person("49222")
    assert moved == office.person("DE.8") == office.person(ANNA)
    assert moved.conversation.waiting_since > NOON
    assert len(moved.consents) == 2


def test_a_call_is_answered_with_the_telephone_number():
    office = ConversationHarness("arnsberg")
    office.hears("Hallo")
    (answer,) = office.hears(kind="call", content={"event": "connect"})
    assert office.town.imprint.phone in words(answer)


def test_a_registration_in_one_message_takes_the_name():
    office = ConversationHarness("neu-ulm")
    (asked,) = office.hears("Erika Beispiel Anmeldung")
    assert office.person().name == "Erika Beispiel"
    assert "Erika Beispiel" in words(asked)


def test_who_got_somebody_s_old_number_is_not_shown_their_data():
    office = ConversationHarness("arnsberg")
    office.hears("beides", from_user_id="DE.7")
    office.hears("ja", from_user_id="DE.7")
    before = office.person("DE.7")
    office.hears("AUSKUNFT", from_user_id="DE.99")
    assert office.person("DE.99").citizen_id != before.citizen_id
    assert not office.person("DE.99").consents
    assert len(office.person("DE.7").consents) == 2
