"""A forgotten password: a code by mail, a new password, and nobody learns whose address is known."""

import re
from datetime import timedelta

import pytest

from functions.console.web import recovery
from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.sign_in import GUESSES, RECOVERY_LASTS
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.console import a_member
from tests.support.console_door import Browser
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.staff import CODE, Account, FakeAccounts, FakeGuesses, FakeMails, FakeSessions, FakeStaff
from tests.support.town_office import ConversationHarness

EMAIL, OLD, NEW = "staff-1@vreden.example", "kein Zufall heute", "ein ganz neuer Satz"
FORGOTTEN, NOBODY = "/console/sign-in/forgotten", "nobody@vreden.example"


@pytest.fixture
def browser(monkeypatch):
    slept = []
    monkeypatch.setattr(recovery.time, "sleep", slept.append)
    adapters = FakeAdapters(
        accounts=FakeAccounts({EMAIL: Account("staff-1", OLD, has_app=True)}),
        sessions=FakeSessions(),
        guesses=FakeGuesses(),
        staff=FakeStaff({("vreden", "staff-1"): a_member(Role.ADMIN, Role.AGENT)}),
        audit=FakeAudit(),
        mails=FakeMails(),
        settings=Settings(mail_sender="line@stadt.example"),
        towns=ConversationHarness("vreden").towns,
    )
    made = Browser(adapters)
    made.headers = {**made.headers}
    made.slept = slept
    return made


def asked(browser, email=EMAIL):
    return browser.fill(browser.get(FORGOTTEN), FORGOTTEN, username=email)


def code_in(browser):
    return re.search(r"Passwort: (\d{4} \d{4})", browser.adapters.mails.sent[-1].text)[1]


def changed(browser, page, code, password=NEW):
    return browser.fill(page, f"{FORGOTTEN}/code", code=code, password=password)


def sign_in(browser, password):
    second = browser.fill(browser.get("/console/sign-in"), "/console/sign-in", username=EMAIL, password=password)
    return second if second.status != 200 else browser.fill(second, code=CODE)


def test_a_code_from_the_mailbox_and_the_app_lead_in_with_a_new_password(browser):
    assert f'href="{FORGOTTEN}"' in browser.get("/console/sign-in").text
    page = asked(browser)
    (mail,) = browser.adapters.mails.sent
    assert mail.to == EMAIL
    done = changed(browser, page, code_in(browser))
    assert "Ihr Passwort ist geändert" in done.text
    assert browser.cookie == ""  # nobody is in without the second factor
    assert sign_in(browser, OLD).status == 403
    assert sign_in(browser, NEW).leads_to == "/console"
    acts = [it.act for it in browser.adapters.audit.entries("vreden")]
    assert acts == [AuditedAct.PASSWORD_CHANGED, AuditedAct.SIGN_IN_REFUSED, AuditedAct.SIGNED_IN]


def test_every_device_is_signed_out(browser):
    sign_in(browser, OLD)
    page = asked(browser)
    changed(browser, page, code_in(browser))
    assert browser.adapters.sessions.of("staff-1") == []


@pytest.mark.counts_reads
def test_an_unknown_address_gets_the_same_page_after_the_same_time_and_no_mail(browser):
    pages = [asked(browser, email).text for email in (EMAIL, NOBODY)]
    same = [re.sub(r'value="[^"]*"|[a-z0-9-]+@vreden.example', "", it) for it in pages]
    assert same[0] == same[1]
    assert len(browser.adapters.mails.sent) == 1
    assert len(browser.slept) == 2
    assert all(1 < it <= recovery.TAKES_S for it in browser.slept)


def test_a_code_holds_only_where_it_was_asked_for(browser):
    first = asked(browser)
    code = code_in(browser)
    second = asked(browser)
    assert "Der Code stimmt nicht" in changed(browser, second, code).text
    assert "Ihr Passwort ist geändert" in changed(browser, first, code).text


def test_a_code_holds_once_and_for_half_an_hour(browser):
    page = asked(browser)
    code = code_in(browser)
    changed(browser, page, code)
    assert changed(browser, page, code, "noch ein anderer Satz").status == 403
    late = asked(browser)
    browser.now += RECOVERY_LASTS + timedelta(seconds=1)
    assert "zu lange gedauert" in changed(browser, late, code_in(browser)).text


def test_asking_and_guessing_end_in_the_lock_known_or_not(browser):
    for email in (EMAIL, NOBODY):
        page = asked(browser, email)
        for number in range(GUESSES - 1):
            assert changed(browser, page, f"{number:08}").status == 403
        assert changed(browser, page, "00000009").status == 429
        assert asked(browser, email).status == 429
    assert sign_in(browser, OLD).status == 429
    assert AuditedAct.SIGN_IN_REFUSED in [it.act for it in browser.adapters.audit.entries("vreden")]


def test_what_is_plainly_mistyped_is_told_at_its_field_and_is_no_guess(browser):
    page = asked(browser)
    for _ in range(GUESSES):
        answer = changed(browser, page, "123", "kurz")
        assert answer.status == 422
    assert "Der Code hat acht Ziffern." in answer.text
    assert "mindestens 14 Zeichen" in answer.text
    assert "Ihr Passwort ist geändert" in changed(browser, answer, code_in(browser)).text


def test_a_refused_mail_changes_nothing_of_the_answer_and_is_counted(browser, capsys):
    before = asked(browser, NOBODY).title
    browser.adapters.mails.refuses = True
    assert asked(browser).title == before
    assert "RecoveryNotMailed" in capsys.readouterr().out


def test_what_is_no_address_is_said_at_the_field(browser):
    answer = asked(browser, "kein Postfach")
    assert (answer.status, browser.adapters.mails.sent) == (422, [])
    assert "keine E-Mail-Adresse" in answer.text


def test_where_no_mail_goes_out_the_page_says_whom_to_ask(browser):
    vars(browser.adapters)["settings"] = Settings()
    page = browser.get(FORGOTTEN)
    assert 'name="username"' not in page.text
    assert "Zugang unter „Personal“ erneuern" in page.text
    assert browser.post(FORGOTTEN, {"username": EMAIL}).status == 200
    assert browser.adapters.mails.sent == []


def test_what_was_typed_before_goes_along_to_the_new_sign_in(browser):
    lost = browser.post("/console/vreden/conversations/c/answer", {"text": "Bis Freitag.", "csrf": "x"})
    page = browser.fill(lost, FORGOTTEN)
    page = browser.fill(page, FORGOTTEN, username=EMAIL)
    done = changed(browser, page, code_in(browser))
    second = browser.fill(done, "/console/sign-in", username=EMAIL, password=NEW)
    assert "Bis Freitag." in browser.fill(second, code=CODE).text


def test_another_site_starts_nothing(browser):
    answer = browser.post(FORGOTTEN, {"username": EMAIL}, **{"sec-fetch-site": "cross-site"})
    assert (answer.status, browser.adapters.mails.sent) == (403, [])
