"""Drafts that outlive everything, who else reads, and answers that somebody else lets out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.console.web.request import Request
from functions.console.web.visit import Visit
from stadtdraht.domain.conversation import StaffAct
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.session import Session
from tests.support.console import text_of
from tests.unit.console.talk_desk import MEHMET, TalkDesk, hidden
from tests.unit.console.test_conversation_answer import form_of

TALK = "/conversations/{citizen}"
WORDS = "Wegen einer Reparatur, bis Freitag."


@pytest.fixture
def desk():
    found = TalkDesk()
    found.hall.hears("Warum ist das Schwimmbad zu?")
    return found


def shown(desk, browser=None, **query):
    return text_of((browser or desk.of()).get(TALK, citizen=desk.who, query=query))


def field(page):
    return form_of(page).get("text")


class TestDrafts:
    def test_what_was_typed_is_there_again_for_who_typed_it(self, desk):
        desk.of().post(f"{TALK}/draft", {"text": WORDS}, citizen=desk.who)
        page = shown(desk)
        assert field(page) == WORDS
        assert "Entwurf gesichert 12:01" in page
        assert field(shown(desk, desk.colleague())) == ""

    def test_without_a_script_a_button_keeps_it(self, desk):
        answer = desk.of().post(f"{TALK}/draft", {"text": WORDS}, citizen=desk.who)
        assert answer["headers"]["Location"].endswith("?done=kept#antwort")

    def test_it_is_gone_once_it_was_sent(self, desk):
        form = {**form_of(shown(desk)), "text": WORDS}
        desk.of().post(f"{TALK}/draft", {"text": WORDS}, citizen=desk.who)
        desk.of().post(f"{TALK}/answer", form, citizen=desk.who)
        assert len(desk.sent) == 1
        assert field(shown(desk)) == ""

    def test_what_the_script_said_before_it_was_sent_and_comes_after_is_not_kept(self, desk):
        form = {**form_of(shown(desk)), "text": WORDS}
        desk.of().post(f"{TALK}/answer", form, citizen=desk.who)
        late = {"text": WORDS[:-4], "press": form["press"]}
        poll = {"x-poll": "1"}
        assert desk.of().post(f"{TALK}/draft", late, headers=poll, citizen=desk.who)["statusCode"] == 200
        assert field(shown(desk)) == ""
        following = {"text": "Und noch etwas", "press": form_of(shown(desk))["press"]}
        desk.of().post(f"{TALK}/draft", following, headers=poll, citizen=desk.who)
        assert field(shown(desk)) == "Und noch etwas"

    def test_a_press_that_broke_off_once_it_was_sent_is_completed_by_the_next(self, desk):
        form = {**form_of(shown(desk)), "text": WORDS}
        desk.of().post(f"{TALK}/answer", form, citizen=desk.who)
        for kept, left in ((WORDS, ""), ("Etwas Neues", "Etwas Neues")):
            desk.of().post(f"{TALK}/draft", {"text": kept}, citizen=desk.who)  # as if it had not been put away
            again = desk.of().post(f"{TALK}/answer", form, citizen=desk.who)
            assert "done=sent-already" in again["headers"]["Location"]
            assert field(shown(desk)) == left
        assert len(desk.sent) == 1

    def test_it_stays_when_nothing_was_sent(self, desk):
        form = {**form_of(shown(desk)), "text": WORDS}
        desk.hall.hears("Ich meine das Freibad!")
        desk.of().post(f"{TALK}/answer", form, citizen=desk.who)
        assert field(shown(desk)) == WORDS

    def test_after_the_window_it_can_still_be_read(self, desk):
        desk.of().post(f"{TALK}/draft", {"text": WORDS}, citizen=desk.who)
        browser = desk.of()
        browser.now += timedelta(hours=25)
        page = text_of(browser.get(TALK, citizen=desk.who))
        assert 'name="text"' not in page
        assert WORDS in page
        renewed = text_of(browser.get(f"{TALK}/thread", citizen=desk.who, query={"shown": "open"}))
        assert 'data-state="closed"' in renewed
        assert WORDS in renewed

    def test_of_somebody_who_is_gone_nothing_is_kept(self, desk):
        assert desk.of().post(f"{TALK}/draft", {"text": WORDS}, citizen="0" * 20)["statusCode"] == 404


@pytest.mark.parametrize("hours", [1, 25])
@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_field_goes_when_the_window_ends_and_a_link_comes_when_it_opens(desk, state, hours):
    browser = desk.of()
    browser.now += timedelta(hours=hours)
    part = browser.get(f"{TALK}/thread", citizen=desk.who, query={"shown": state})["body"]
    assert ('data-state="closed"' in part) is (state == "open" and hours > 24)
    assert ("Jetzt frei antworten" in part) is (hours < 24)


class TestReaders:
    def test_who_else_has_it_open_is_told(self, desk):
        assert "liest gerade mit" not in shown(desk)
        assert "Maria Beispiel liest gerade mit." in shown(desk, desk.colleague())
        assert "Mehmet liest" in text_of(desk.of().get("/inbox"))

    def test_a_minute_later_nobody_reads(self, desk):
        shown(desk)
        browser = desk.colleague()
        browser.now += timedelta(seconds=61)
        assert "liest gerade mit" not in text_of(browser.get(TALK, citizen=desk.who))

    def test_the_open_page_says_so_again(self, desk):
        text_of(desk.of().get(f"{TALK}/thread", citizen=desk.who))
        assert "Maria Beispiel liest" in shown(desk, desk.colleague())

    def test_who_only_protects_data_is_not_told_of(self, desk):
        shown(desk, desk.of(Role.PRIVACY))
        assert "liest gerade mit" not in shown(desk, desk.colleague())

    def test_a_cry_for_help_is_noted_as_opened_once(self, desk):
        desk.hall.hears("Es brennt bei uns, wir kommen nicht raus!")
        shown(desk)
        shown(desk, desk.colleague())
        acts = [it.act for it in desk.hall.citizens.notes["arnsberg", desk.who]]
        assert acts == [StaffAct.OPENED]


class TestRelease:
    @pytest.fixture
    def asked(self, desk):
        chooser = text_of(desk.of().post(f"{TALK}/ask", {**form_of(shown(desk)), "text": WORDS}, citizen=desk.who))
        assert MEHMET.name in chooser
        assert "Maria Beispiel</option>" not in chooser
        form = {**hidden(chooser, "/ask/release"), "of": MEHMET.staff_id}
        answer = desk.of().post(f"{TALK}/ask/release", form, citizen=desk.who)
        assert answer["headers"]["Location"].endswith("?done=asked")
        return desk

    def test_the_one_who_asked_waits_and_can_take_it_back(self, asked):
        page = shown(asked)
        assert "Ihr Entwurf wartet auf Freigabe" in page
        assert "Freigeben und senden" not in page
        form = hidden(page, "/give-back")
        answer = asked.of().post(f"{TALK}/give-back", form, citizen=asked.who)
        assert answer["headers"]["Location"].endswith("?done=taken-back")
        assert field(shown(asked)) == WORDS

    def test_it_stands_in_a_tab_of_its_own(self, asked):
        page = text_of(asked.colleague().get("/inbox", query={"tab": "release"}))
        assert "Entwurf von Maria Beispiel wartet auf Freigabe." in page

    def test_the_start_page_tells_whoever_may_let_it_out(self, asked):
        from functions.console.web.start_cards import LOOKS

        (look,) = (it for it in LOOKS if it.name == "Antworten zur Freigabe")
        for browser, is_told in ((asked.colleague(), True), (asked.of(), False)):
            visit = visit_of(browser)
            card = look.find(visit)
            assert (card is not None) is is_told
            if card:
                assert card.page == f"conversations/{asked.who}"
                assert "Maria Beispiel" in card.words

    @pytest.mark.parametrize("shown_state", ["open", "closed", "asked", "release", "read", "x"])
    def test_an_open_page_is_renewed_whatever_it_shows(self, asked, shown_state):
        for browser in (asked.of(), asked.colleague()):
            part = browser.get(f"{TALK}/thread", citizen=asked.who, query={"shown": shown_state})
            assert part["statusCode"] == 200
            assert 'name="text"' not in part["body"]

    def test_past_the_window_it_can_be_given_back_or_taken_back(self, asked):
        for browser, words in ((asked.colleague(), WORDS), (asked.of(), "Ihr Entwurf wartete auf Freigabe.")):
            before = asked.hall.person().conversation
            browser.now += timedelta(hours=25)
            page = shown(asked, browser)
            assert words in page
            browser.post(f"{TALK}/give-back", hidden(page, "/give-back"), citizen=asked.who)
            assert asked.hall.person().conversation.release is None
            asked.hall.citizens.people["arnsberg", asked.who] = replace(asked.hall.person(), conversation=before)
        part = browser.get(f"{TALK}/thread", citizen=asked.who, query={"shown": "release"})["body"]
        assert "Das freie Schreiben ist zu Ende." in part
        assert "wartet nicht mehr auf Freigabe" not in part

    def test_who_waits_for_a_release_hears_that_it_is_over(self, asked):
        form = hidden(shown(asked, asked.colleague()), "/release")
        asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        part = asked.of().get(f"{TALK}/thread", citizen=asked.who, query={"shown": "asked"})["body"]
        assert "wartet nicht mehr auf Freigabe" in part

    def test_another_lets_it_out_under_both_names(self, asked):
        page = shown(asked, asked.colleague())
        assert "Entwurf von Maria Beispiel" in page
        assert "bittet um Ihre Freigabe" in page
        assert WORDS in page
        form = hidden(page, "/release")
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["headers"]["Location"].endswith("?done=sent-released")
        (stored,) = (it.answer for it in asked.hall.citizens.stored.values() if it.answer.released_by)
        assert (stored.written_by, stored.released_by) == ("Maria Beispiel", "Mehmet Beispiel")
        again = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert "done=sent-already" in again["headers"]["Location"]
        assert len(asked.sent) == 1

    def test_it_can_be_changed_before_it_goes_out_and_both_wordings_stay(self, asked):
        page = shown(asked, asked.colleague())
        form = {**hidden(page, "/release"), "text": WORDS.replace("Freitag", "Samstag")}
        assert form["text"] != WORDS
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["headers"]["Location"].endswith("?done=sent-changed")
        assert [it.partition("\n")[0] for it in asked.sent] == [form["text"]]
        (stored,) = (it.answer for it in asked.hall.citizens.stored.values() if it.answer.released_by)
        assert stored.put_forward.startswith(WORDS)
        assert (stored.written_by, stored.released_by) == ("Maria Beispiel", "Mehmet Beispiel")
        assert field(shown(asked)) == ""

    def test_unchanged_it_is_a_release_as_before_and_leaves_no_draft_behind(self, asked):
        form = form_of(shown(asked, asked.colleague()), "/release")
        assert form["text"] == WORDS
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["headers"]["Location"].endswith("?done=sent-released")
        (stored,) = (it.answer for it in asked.hall.citizens.stored.values() if it.answer.released_by)
        assert stored.put_forward == ""
        assert field(shown(asked)) == ""

    def test_a_change_without_words_is_told_at_the_field_and_sends_nothing(self, asked):
        form = {**hidden(shown(asked, asked.colleague()), "/release"), "text": " "}
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert "Eine Antwort braucht Worte" in text_of(answer)
        assert "Freigeben und senden" in text_of(answer)
        assert asked.sent == []

    def test_changed_words_stay_when_a_newer_message_stops_them(self, asked):
        form = {**hidden(shown(asked, asked.colleague()), "/release"), "text": "Ganz andere Worte."}
        asked.hall.hears("Hat sich erledigt!")
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["statusCode"] == 409
        assert field(text_of(answer)) == "Ganz andere Worte."
        assert field(shown(asked, asked.colleague())) == "Ganz andere Worte."
        assert asked.sent == []

    def test_it_never_goes_out_past_a_newer_message(self, asked):
        form = hidden(shown(asked, asked.colleague()), "/release")
        asked.hall.hears("Hat sich erledigt!")
        assert "Seit dieser Bitte kam noch eine Nachricht." in shown(asked, asked.colleague())
        answer = asked.colleague().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["statusCode"] == 409
        assert "ging an Maria Beispiel zurück" in text_of(answer)
        assert asked.sent == []

    def test_nobody_releases_their_own(self, asked):
        form = hidden(shown(asked, asked.colleague()), "/release")
        answer = asked.of().post(f"{TALK}/release", form, citizen=asked.who)
        assert answer["statusCode"] == 409
        assert asked.sent == []

    def test_it_is_given_back_with_a_reason(self, asked):
        form = hidden(shown(asked, asked.colleague()), "/give-back")
        refused = asked.colleague().post(f"{TALK}/give-back", {**form, "why": " "}, citizen=asked.who)
        assert refused["statusCode"] == 409
        answer = asked.colleague().post(f"{TALK}/give-back", {**form, "why": "Zu förmlich."}, citizen=asked.who)
        assert answer["headers"]["Location"].endswith("?done=back")
        notes = asked.hall.citizens.notes["arnsberg", asked.who]
        assert [it.text for it in notes if it.act is StaffAct.SENT_BACK] == ["Zu förmlich."]

    def test_another_answer_than_the_one_that_was_read_stays(self, asked):
        form = hidden(shown(asked, asked.colleague()), "/release")
        answer = asked.colleague().post(f"{TALK}/release", {**form, "asked_at": "gestern"}, citizen=asked.who)
        assert answer["statusCode"] == 409
        assert asked.sent == []

    def test_without_words_nobody_is_asked(self, desk):
        answer = desk.of().post(f"{TALK}/ask", {**form_of(shown(desk)), "text": " "}, citizen=desk.who)
        assert answer["statusCode"] == 422

    def test_a_message_that_came_before_is_shown_first(self, desk):
        form = {**form_of(shown(desk)), "text": WORDS, "of": ""}
        desk.hall.hears("Ich meine das Freibad!")
        answer = desk.of().post(f"{TALK}/ask/release", form, citizen=desk.who)
        assert answer["statusCode"] == 409
        assert field(text_of(answer)) == WORDS


def visit_of(browser):
    """What a page of this browser is given."""
    now = browser.now
    session = Session("key", browser.member.staff_id, browser.member.email, "csrf", now, now)
    return Visit(Request.of({}), browser.town, browser.member, session, now, browser.adapters)
