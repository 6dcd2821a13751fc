"""The page of a conversation: who it is, what was said, what can be done; and who sees which of it."""

from datetime import timedelta

import pytest

from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.domain.staff.roles import Role
from tests.support.console import text_of
from tests.support.town_office import ConversationHarness
from tests.unit.console.talk_desk import MEHMET, TalkDesk, hidden

TALK = "/conversations/{citizen}"
QUESTION = "Warum ist das Schwimmbad zu?"


@pytest.fixture
def desk():
    found = TalkDesk()
    found.hall.hears(QUESTION, contacts=[{"profile": {"name": "Anna"}}])
    return found


def shown(desk, *roles, query=None, after=timedelta(), **given):
    browser = desk.of(*roles, **given)
    browser.now += after
    return text_of(browser.get(TALK, query=query, citizen=desk.who))


def test_what_was_said_stands_there_with_its_day_and_time(desk):
    page = shown(desk)
    assert QUESTION in page
    assert '<li class="day">Heute</li>' in page
    assert "12:01" in page


def test_what_stands_between_asterisks_is_bold_as_on_a_phone_and_nothing_else_is_markup(desk):
    desk.hall.hears("Das ist *sehr wichtig*, 2*3*4 * und <b>*x*</b>")
    page = shown(desk)
    assert "Das ist <b>sehr wichtig</b>, 2*3*4 * und &lt;b&gt;<b>x</b>&lt;/b&gt;" in page


def test_an_open_window_has_a_field_with_countdown_and_signature(desk):
    page = shown(desk)
    assert '<textarea id="text" name="text"' in page
    assert "Frei schreiben bis" in page
    assert 'name="press"' in page
    assert 'name="seen"' in page
    assert f"Darunter steht „{desk.hall.town.persona}“" in page


def test_the_last_hours_are_told_in_amber(desk):
    page = shown(desk, after=timedelta(hours=22))
    assert "Frei schreiben nur noch 2 Std." in page
    assert "<progress" in page


def test_a_closed_window_has_no_field(desk):
    page = shown(desk, after=timedelta(hours=25))
    assert 'name="text"' not in page
    assert "Das freie Schreiben ist seit" in page
    assert "Telefonisch erledigt" in page


def test_who_never_wrote_cannot_be_written_to(desk):
    from dataclasses import replace

    key = (desk.hall.town.id, desk.who)
    people = desk.hall.citizens.people
    people[key] = replace(people[key], conversation=None, last_inbound_at=None)
    page = shown(desk)
    assert 'name="text"' not in page
    assert "hat noch nie geschrieben" in page


def test_whose_words_became_a_report_is_answered_there():
    desk = TalkDesk(ConversationHarness("vreden"))
    desk.hall.hears("Im Brunnenweg liegt seit Tagen Müll, wer räumt das weg?")
    (case,) = desk.hall.cases
    page = shown(desk)
    assert 'name="text"' not in page
    assert f'href="/console/vreden/cases/{case.number}"' in page.partition("antworten Sie dort")[0]


def test_who_protects_data_reads_and_has_no_form(desk):
    page = shown(desk, Role.PRIVACY)
    assert QUESTION in page
    assert "<form" not in page.partition("<main")[2]
    (entry,) = desk.audit.entries("arnsberg")
    assert (entry.act, entry.by) == (AuditedAct.OPENED, "Maria Beispiel")
    assert desk.who not in entry.person


def test_who_answers_leaves_no_trace_by_reading(desk):
    shown(desk)
    assert desk.audit.entries("arnsberg") == []


def test_nobody_of_that_id_is_a_page_that_is_not_there(desk):
    assert desk.of().get(TALK, citizen="0" * 20)["statusCode"] == 404
    assert desk.of().post(f"{TALK}/close", {}, citizen="0" * 20)["statusCode"] == 404


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "\u202edrehum\u202c <b>", "x" * 4096, '"><img src=x>']
)
def test_what_people_write_is_never_markup(hostile):
    desk = TalkDesk()
    desk.hall.hears(hostile, contacts=[{"profile": {"name": hostile[:80]}}])
    main = shown(desk).partition("<main")[2]
    assert "<script>" not in main
    assert "<img src=x" not in main
    assert "<b> " not in main
    assert hostile[:40].replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in main


def test_an_emergency_is_marked_and_can_be_undone(desk):
    desk.hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    assert "Notfall?" in shown(desk)
    answer = desk.of().post(f"{TALK}/unflag", {"flag": "emergency"}, citizen=desk.who)
    assert answer["headers"]["Location"].endswith(f"/conversations/{desk.who}?done=unflagged")
    assert "Notfall?" not in shown(desk)


def test_a_flag_that_we_do_not_know_is_no_page(desk):
    assert desk.of().post(f"{TALK}/unflag", {"flag": "x"}, citizen=desk.who)["statusCode"] == 404


def test_taking_assigning_and_freeing(desk):
    browser = desk.of()
    assert "done=taken" in browser.post(f"{TALK}/assign", {"to": "staff-1"}, citizen=desk.who)["headers"]["Location"]
    assert desk.hall.person().conversation.assigned_to == "Maria Beispiel"
    browser.post(f"{TALK}/assign", {"to": "staff-2"}, citizen=desk.who)
    assert "bei Mehmet Beispiel" in shown(desk)
    browser.post(f"{TALK}/assign", {"to": ""}, citizen=desk.who)
    assert "bei niemandem" in shown(desk)


def test_nothing_is_given_to_somebody_from_elsewhere(desk):
    assert desk.of().post(f"{TALK}/assign", {"to": "staff-of-vreden"}, citizen=desk.who)["statusCode"] == 404
    assert desk.hall.person().conversation.assigned_to == ""


def test_closing_ends_the_waiting(desk):
    desk.of().post(f"{TALK}/close", {}, citizen=desk.who)
    assert desk.hall.person().conversation.waiting_since is None


@pytest.mark.parametrize("act", ["close", "unflag", "telephoned"])
def test_what_came_while_the_page_stood_open_is_not_ended_unread(desk, act):
    desk.hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    page = shown(desk, after=timedelta(hours=25) if act == "telephoned" else timedelta())
    desk.hall.hears("Und mein Kind ist noch oben!")
    before = desk.hall.person().conversation
    answer = desk.of().post(f"{TALK}/{act}", hidden(page, f"/{act}"), citizen=desk.who)
    assert answer["statusCode"] == 409
    assert "kam noch eine Nachricht" in text_of(answer)
    assert desk.hall.person().conversation == before


def test_a_colleague_who_was_faster_keeps_it_until_one_has_read_so(desk):
    page = shown(desk)
    desk.colleague().post(f"{TALK}/assign", {"to": MEHMET.staff_id}, citizen=desk.who)
    answer = desk.of().post(f"{TALK}/assign", hidden(page, "/assign"), citizen=desk.who)
    assert answer["statusCode"] == 409
    assert "Mehmet Beispiel hat dieses Gespräch." in text_of(answer)
    desk.of().post(f"{TALK}/assign", hidden(text_of(answer), "/assign"), citizen=desk.who)
    assert desk.hall.person().conversation.assigned_to == "Maria Beispiel"


def test_settled_by_telephone_is_noted_and_closed(desk):
    desk.of().post(f"{TALK}/telephoned", {}, citizen=desk.who)
    notes = desk.hall.citizens.notes[desk.hall.town.id, desk.who]
    assert [it.text for it in notes if it.act == "note"] == ["Telefonisch erledigt"]
    assert desk.hall.person().conversation.waiting_since is None


def test_a_note_is_kept_and_sent_to_nobody(desk):
    desk.of().post(f"{TALK}/note", {"note": "Ruft gern an.", "text": "Das ist keine Antwort"}, citizen=desk.who)
    assert desk.sent == []
    assert [it.text for it in desk.hall.citizens.notes[desk.hall.town.id, desk.who]] == ["Ruft gern an."]


@pytest.mark.parametrize("words", ["", "  \n", "x" * 4001])
def test_a_note_that_does_not_fit_says_so_and_keeps_the_words(desk, words):
    answer = desk.of().post(f"{TALK}/note", {"note": words}, citizen=desk.who)
    assert answer["statusCode"] == 422
    assert 'id="note-error"' in text_of(answer)
    assert words.strip() in text_of(answer)


def test_the_next_who_waits_is_led_to(desk):
    desk.hall.hears("Und der Bus?", who="4915112345679")
    other = desk.hall.person("4915112345679").citizen_id
    page = shown(desk)
    assert "Nächste wartende:" in page
    assert f"/conversations/{other}" in page


def test_long_talks_are_shown_in_parts(desk):
    for number in range(60):
        desk.hall.hears(f"Satz {number:02} von vielen, wann kommt der Bus?")
    page = shown(desk)
    assert "Satz 59" in page
    assert "Satz 05" not in page
    from html import unescape
    from re import search
    from urllib.parse import unquote

    before = unquote(unescape(search(r"\?before=([^\"]+)\">Ältere", page)[1]))
    older = shown(desk, query={"before": before})
    assert "Satz 05" in older
    assert "Satz 59" not in older
    assert "Zu den neuesten" in older
    assert "Zu den neuesten" not in page
