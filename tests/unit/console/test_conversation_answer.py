"""The answer: sent once, never over a colleague's head or past a message that nobody read, and no word is lost."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from re import findall, search

import pytest

from stadtdraht.domain.staff.member import Absence
from tests.support.console import text_of
from tests.support.fakes.staff import FakeStaff
from tests.support.town_office import TOWNS
from tests.unit.console.talk_desk import MEHMET, TalkDesk

TALK = "/conversations/{citizen}"
WORDS = "Wegen einer Reparatur, bis Freitag."


@pytest.fixture
def desk():
    found = TalkDesk()
    found.hall.hears("Warum ist das Schwimmbad zu?", contacts=[{"profile": {"name": "Anna"}}])
    return found


def form_of(page, address="/answer"):
    """What a browser posts of that form, with what stands in it."""
    form = search(rf'<form[^>]*action="[^"]*{address}".*?</form>', page, flags=16)[0]
    hidden = dict(findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
    text = search(r'<textarea[^>]*name="text"[^>]*>\n?(.*?)</textarea>', form, flags=16)
    return {**hidden, **({"text": unescape(text[1])} if text else {})}


def typed(desk, words=WORDS):
    return {**form_of(text_of(desk.of().get(TALK, citizen=desk.who))), "text": words}


def press(desk, form, **more):
    browser = desk.of()
    browser.now += more.get("after", timedelta(seconds=20))
    return browser.post(f"{TALK}/answer", form, citizen=desk.who)


def test_the_first_button_of_the_form_never_sends(desk):
    """Some browsers press it for Enter in the list of text blocks."""
    page = text_of(desk.of().get(TALK, citizen=desk.who))
    first = search(r'<form class="reply".*?(<button.*?>)', page, flags=16)[1]
    assert "hidden" in first
    assert f'formaction="/console/arnsberg/conversations/{desk.who}/insert"' in first


def test_an_answer_goes_out_signed_and_ends_the_waiting(desk):
    answer = press(desk, typed(desk))
    assert answer["statusCode"] == 303
    assert "done=sent" in answer["headers"]["Location"]
    assert desk.sent == [f"{WORDS}\n\n_{desk.hall.town.persona}_"]
    assert desk.hall.person().conversation.waiting_since is None


def test_who_wishes_it_signs_with_their_name_before_the_town_s(desk):
    browser = desk.of()
    anna = replace(browser, member=replace(browser.member, name="Anna_B", signs=True))
    page = text_of(anna.get(TALK, citizen=desk.who))
    signature = f"Anna B, {desk.hall.town.persona}"  # an underscore would end what is slanted
    assert f"Darunter steht „{signature}“" in page
    anna.post(f"{TALK}/answer", {**form_of(page), "text": WORDS}, citizen=desk.who)
    assert desk.sent == [f"{WORDS}\n\n_{signature}_"]


def test_in_the_quiet_time_before_an_election_nobody_signs_with_their_name(desk, monkeypatch):
    election = desk.hall.at.date() + timedelta(days=40)
    monkeypatch.setitem(TOWNS, "arnsberg", replace(desk.hall.town, elections=(election,)))
    browser = desk.of()
    anna = replace(browser, member=replace(browser.member, name="Anna Beispiel", signs=True))
    page = text_of(anna.get(TALK, citizen=desk.who))
    assert f"Darunter steht „{desk.hall.town.persona}“" in page
    anna.post(f"{TALK}/answer", {**form_of(page), "text": WORDS}, citizen=desk.who)
    assert desk.sent == [f"{WORDS}\n\n_{desk.hall.town.persona}_"]


def test_the_same_press_twice_is_one_answer(desk):
    form = typed(desk)
    assert "done=sent-already" not in press(desk, form)["headers"]["Location"]
    again = press(desk, form, after=timedelta(minutes=2))
    assert "done=sent-already" in again["headers"]["Location"]
    assert len(desk.sent) == 1
    page = text_of(desk.of().get(TALK, citizen=desk.who, query={"done": "sent-already"}))
    assert "Das war schon gesendet" in page


def test_other_words_from_a_page_that_was_gone_back_to_are_sent(desk):
    form = typed(desk)
    press(desk, form)
    answer = press(desk, {**form, "text": "Und das Freibad auch."})
    assert answer["headers"]["Location"].endswith("?done=sent")
    assert len(desk.sent) == 2


def test_a_message_that_came_meanwhile_is_shown_before_anything_goes_out(desk):
    form = typed(desk)
    desk.hall.hears("Ich meine das Freibad!")
    answer = press(desk, form)
    page = text_of(answer)
    assert answer["statusCode"] == 409
    assert desk.sent == []
    assert "Ich meine das Freibad!" in page
    assert "Nicht gesendet" in page
    assert "Trotzdem senden" in page
    assert form_of(page)["text"] == WORDS
    press(desk, form_of(page))
    assert len(desk.sent) == 1


def test_who_has_it_need_not_take_it_and_a_colleague_of_the_same_name_may(desk):
    browser = desk.of()
    browser.post(f"{TALK}/assign", {"to": browser.member.staff_id}, citizen=desk.who)
    namesake = replace(MEHMET, name=browser.member.name)
    offered = [replace(browser, member=it).get(TALK, citizen=desk.who) for it in (browser.member, namesake)]
    assert ["Übernehmen" in text_of(it) for it in offered] == [False, True]


@pytest.mark.parametrize(("deputy", "hours", "status"), [("staff-1", 1, 303), ("", 1, 409), ("staff-1", -1, 409)])
def test_a_deputy_answers_what_is_the_absent_one_s(desk, deputy, hours, status):
    form = typed(desk)
    desk.of().post(f"{TALK}/assign", {"to": MEHMET.staff_id}, citizen=desk.who)
    now = desk.hall.at
    away = replace(MEHMET, absence=Absence(now - timedelta(days=1), now + timedelta(hours=hours), deputy))
    browser = desk.of(staff=FakeStaff({("arnsberg", it.staff_id): it for it in (desk.of().member, away)}))
    assert browser.post(f"{TALK}/answer", form, citizen=desk.who)["statusCode"] == status
    assert len(desk.sent) == (status == 303)


def test_a_colleague_who_has_it_is_told_and_can_be_overruled(desk):
    form = typed(desk)
    desk.of().post(f"{TALK}/assign", {"to": MEHMET.staff_id}, citizen=desk.who)
    answer = press(desk, form)
    page = text_of(answer)
    assert answer["statusCode"] == 409
    assert "Mehmet Beispiel hat dieses Gespräch" in page
    assert "Übernehmen" in page
    assert form_of(page)["text"] == WORDS
    assert desk.sent == []
    press(desk, form_of(page))
    assert len(desk.sent) == 1


def test_words_after_the_window_are_kept_and_not_sent(desk):
    form = typed(desk)
    answer = press(desk, form, after=timedelta(hours=25))
    page = text_of(answer)
    assert answer["statusCode"] == 409
    assert desk.sent == []
    assert 'name="text"' not in page
    assert WORDS in page


@pytest.mark.parametrize("words", ["", " \n ", "x" * 4097])
def test_words_that_do_not_fit_are_told_at_the_field(desk, words):
    answer = press(desk, typed(desk, words))
    page = text_of(answer)
    assert answer["statusCode"] == 422
    assert desk.sent == []
    assert 'id="text-error"' in page
    assert form_of(page)["text"].strip() == words.strip()


@pytest.mark.parametrize("seen", ["", "gestern", "2026-11-24"])
def test_a_form_that_does_not_say_what_was_read_sends_nothing(desk, seen):
    assert press(desk, {**typed(desk), "seen": seen})["statusCode"] == 409
    assert desk.sent == []


def test_a_field_of_the_note_is_never_an_answer(desk):
    form = typed(desk)
    del form["text"]
    assert press(desk, {**form, "note": "Nur für uns"})["statusCode"] == 422
    assert desk.sent == []


def test_lines_stay_lines(desk):
    press(desk, typed(desk, "Erste Zeile\r\nzweite Zeile"))
    assert desk.sent[0].startswith("Erste Zeile\nzweite Zeile")
