"""What goes on from a conversation: a template when the window is closed, a department, a report."""

from dataclasses import replace
from datetime import timedelta
from re import findall
from unittest.mock import Mock

import pytest

from functions.console.web.conversation import forward
from stadtdraht.domain.conversation import StaffAct
from stadtdraht.domain.town import Department, Template
from stadtdraht.domain.whatsapp.account import AccountSnapshot, TemplateSnapshot
from stadtdraht.domain.whatsapp.template_drift import APPROVED
from stadtdraht.usecases.inbound.office.forward_conversation import note_mailed
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext
from tests.support import console
from tests.support.console import text_of
from tests.support.fakes.staff import FakeMails
from tests.unit.console.talk_desk import TalkDesk, hidden

TALK = "/conversations/{citizen}"
LATER = timedelta(hours=25)
TEMPLATE = Template(
    "neuigkeit",
    "de",
    "UTILITY",
    "Guten Tag, zu {{anliegen}} gibt es eine Neuigkeit.",
    examples=(("anliegen", "Ampel"),),
)


@pytest.fixture
def desk():
    found = TalkDesk()
    found.hall.hears("Im Brunnenweg ist die Laterne aus, wer repariert das?")
    return found


def acts(desk):
    return [(it.act, it.text) for it in desk.hall.citizens.notes.get(("arnsberg", desk.who), [])]


def change_town(desk, monkeypatch, **changes):
    desk.hall.town = replace(desk.hall.town, **changes)
    monkeypatch.setitem(console.TOWNS, "arnsberg", desk.hall.town)


class TestTemplates:
    @pytest.fixture
    def later(self, desk, monkeypatch):
        """A browser a day later, in a town with one template that Meta approved."""
        change_town(desk, monkeypatch, templates=(TEMPLATE,))
        shot = TemplateSnapshot("1", TEMPLATE.name, "de", APPROVED, "UTILITY", TEMPLATE.body, "", None)
        desk.accounts.save("arnsberg", AccountSnapshot(desk.hall.at, None, (shot,)))
        browser = desk.of()
        browser.now += LATER
        return browser, TEMPLATE

    def words(self, template):
        return {f"{template.name}:{it}": f"Wort {it}" for it in template.variables}

    def test_it_is_offered_with_its_words_and_price(self, desk, later):
        browser, template = later
        page = text_of(browser.get(TALK, citizen=desk.who))
        assert 'name="text"' not in page
        assert f'name="template" value="{template.name}" checked' in page
        assert "Cent" in page
        assert all(f'name="{field}"' in page for field in self.words(template))

    def test_it_goes_out_once(self, desk, later):
        browser, template = later
        form = hidden(text_of(browser.get(TALK, citizen=desk.who)), "/template")
        form |= {"template": template.name, **self.words(template)}
        answer = browser.post(f"{TALK}/template", form, citizen=desk.who)
        assert answer["headers"]["Location"].endswith("?done=templated")
        again = browser.post(f"{TALK}/template", form, citizen=desk.who)
        assert "done=sent-already" in again["headers"]["Location"]
        (sent,) = (it.answer.body for it in desk.hall.citizens.stored.values() if it.answer.body["type"] == "template")
        assert sent["template"]["name"] == template.name

    def test_words_that_are_missing_are_told_and_those_typed_stay(self, desk, later):
        browser, template = later
        (field,) = self.words(template)
        for typed in ("", "Zeile\nZeile"):
            form = {"press": "p", "template": template.name, field: typed}
            answer = browser.post(f"{TALK}/template", form, citizen=desk.who)
            assert answer["statusCode"] == 409
            assert "Nicht gesendet" in text_of(answer)
            assert f'value="{typed}"' in text_of(answer)

    def test_none_approved_says_what_is_missing(self, desk):
        browser = desk.of()
        browser.now += LATER
        page = text_of(browser.get(TALK, citizen=desk.who))
        assert "noch keine Vorlage" in page
        assert "Telefonisch erledigt" in page
        answer = browser.post(f"{TALK}/template", {"press": "p", "template": "x"}, citizen=desk.who)
        assert answer["statusCode"] == 409


class TestForwarding:
    @pytest.fixture
    def offices(self, desk, monkeypatch):
        """A town with one office that reads mail and one that does not."""
        departments = (Department("hof", "Bauhof", "bauhof@stadt.example"), Department("amt", "Bauamt"))
        change_town(desk, monkeypatch, departments=departments)
        return desk

    def forward(self, desk, **fields):
        form = hidden(text_of(desk.of().get(f"{TALK}/forward", citizen=desk.who)), "/forward")
        return desk.of().post(f"{TALK}/forward", {**form, "department": "hof", "note": "", **fields}, citizen=desk.who)

    def test_the_office_gets_a_link_and_nobodys_words(self, offices):
        answer = self.forward(offices, note="Bitte bis Freitag.")
        assert answer["headers"]["Location"].endswith("?done=handed-over")
        (mail,) = offices.mails.sent
        assert mail.to == "bauhof@stadt.example"
        assert f"https://stadt.example/console/arnsberg/conversations/{offices.who}" in mail.text
        assert "Laterne" not in mail.text
        assert acts(offices) == [(StaffAct.FORWARDED, "Bauhof"), (StaffAct.NOTE, "Bitte bis Freitag.")]
        assert offices.hall.person().conversation.assigned_to == "Bauhof"

    def test_the_person_is_told_and_the_page_says_how(self, offices):
        assert "zuständigen Stelle: Bauhof" in text_of(offices.of().get(f"{TALK}/forward", citizen=offices.who))
        self.forward(offices)
        assert any("Bauhof" in words for words in offices.sent)

    def test_without_an_address_or_with_a_refused_mail_staff_are_told(self, offices):
        assert self.forward(offices, department="amt")["headers"]["Location"].endswith("?done=handed-over-no-mail")
        offices.mails.refuses = True
        assert self.forward(offices)["headers"]["Location"].endswith("?done=handed-over-no-mail")

    def test_a_note_that_a_broken_press_left_out_is_filed_by_the_next_once(self, offices):
        self.forward(offices, press="p-1")  # and it died before the note
        for _ in range(2):
            again = self.forward(offices, press="p-1", note="Bitte bis Freitag.")
            assert again["headers"]["Location"].endswith("?done=done-already")
        assert acts(offices) == [(StaffAct.FORWARDED, "Bauhof"), (StaffAct.NOTE, "Bitte bis Freitag.")]

    def test_the_same_press_is_one_mail(self, offices):
        form = hidden(text_of(offices.of().get(f"{TALK}/forward", citizen=offices.who)), "/forward")
        for _ in range(2):
            offices.of().post(f"{TALK}/forward", {**form, "department": "hof"}, citizen=offices.who)
        assert len(offices.mails.sent) == 1

    def break_off_before_the_mail(self, desk):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(FakeMails, "send", Mock(side_effect=TimeoutError))
            with pytest.raises(TimeoutError):
                self.forward(desk, press="p-1")

    def test_a_mail_that_a_broken_press_left_out_is_sent_by_the_next_once(self, offices, monkeypatch):
        self.break_off_before_the_mail(offices)
        slept = []
        monkeypatch.setattr(forward, "sleep", slept.append)
        said = [self.forward(offices, press="p-1")["headers"]["Location"].partition("done=")[2] for _ in range(2)]
        assert said == ["handed-over", "done-already"]
        assert [it.to for it in offices.mails.sent] == ["bauhof@stadt.example"]
        assert acts(offices) == [(StaffAct.FORWARDED, "Bauhof")]
        assert slept

    def test_who_presses_twice_waits_for_the_mail_of_the_first_press(self, offices, monkeypatch):
        self.break_off_before_the_mail(offices)
        hall = offices.hall
        first = StaffContext(hall.town, "Kim", hall.at, hall.citizens, offices.queue)
        monkeypatch.setattr(forward, "sleep", lambda _: note_mailed(first, offices.who, "p-1"))
        assert "done=done-already" in self.forward(offices, press="p-1")["headers"]["Location"]
        assert offices.mails.sent == []

    @pytest.mark.parametrize("department", ["amt", "hof"])
    def test_the_mail_of_a_broken_press_goes_to_nobody_who_has_it_no_more(self, offices, department):
        self.break_off_before_the_mail(offices)
        self.forward(offices, press="p-2", department="amt")
        assert "done=done-already" in self.forward(offices, press="p-1", department=department)["headers"]["Location"]
        assert offices.mails.sent == []

    def test_an_office_that_is_not_there_changes_nothing(self, offices):
        answer = self.forward(offices, department="x")
        assert answer["statusCode"] == 409
        assert acts(offices) == []


class TestReports:
    def form(self, desk):
        page = text_of(desk.of().get(f"{TALK}/report", citizen=desk.who))
        picked = findall(r'name="message" value="([^"]*)" checked', page)
        return {**hidden(page, "/report"), "message": picked, "number": "", "kind": "hint", "tell": "1"}, page

    def test_what_waits_is_chosen_and_becomes_a_report(self, desk):
        form, page = self.form(desk)
        assert "Brunnenweg" in page
        assert len(form["message"]) == 1
        answer = desk.of().post(f"{TALK}/report", form, citizen=desk.who)
        assert answer["headers"]["Location"].endswith("?done=reported")
        case = desk.hall.cases[-1]
        assert "Brunnenweg" in case.description
        assert (StaffAct.REPORTED, case.number) in acts(desk)
        assert desk.hall.person().conversation.waiting_since is None

    def test_the_same_press_is_one_report(self, desk):
        before = len(desk.hall.cases)
        form, _ = self.form(desk)
        for _ in range(2):
            desk.of().post(f"{TALK}/report", form, citizen=desk.who)
        assert len(desk.hall.cases) == before + 1

    def test_further_words_go_to_a_report_that_there_is(self, desk):
        form, _ = self.form(desk)
        desk.of().post(f"{TALK}/report", form, citizen=desk.who)
        number = desk.hall.cases[-1].number
        desk.hall.hears("Und warum ist das Schwimmbad zu?")
        page = text_of(desk.of().get(f"{TALK}/report", citizen=desk.who))
        assert f'<option value="{number}">' in page
        form, _ = self.form(desk)
        answer = desk.of().post(f"{TALK}/report", {**form, "number": number}, citizen=desk.who)
        assert answer["headers"]["Location"].endswith("?done=attached")
        assert "Schwimmbad" in desk.hall.citizens.cases.get("arnsberg", number).description

    def test_without_a_message_nothing_is_taken(self, desk):
        form, _ = self.form(desk)
        answer = desk.of().post(f"{TALK}/report", {**form, "message": []}, citizen=desk.who)
        assert answer["statusCode"] == 409
        assert "Nichts aufgenommen" in text_of(answer)
