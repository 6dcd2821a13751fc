"""English by setting: chosen on one's own page or at the door, and never by what a browser asks for."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.console.web.failures import failed
from functions.console.web.request import Request
from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.notices import Notice
from stadtdraht.domain.staff.roles import Role
from stadtdraht.settings import Settings
from stadtdraht.texts.staff.console.invitation import another_town, invitation
from stadtdraht.texts.staff.console.mails import say_notice
from stadtdraht.texts.staff.language import language_read, reading
from stadtdraht.usecases.staff.keep_staff import StaffPorts, invite, renew
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member, text_of
from tests.support.console_door import Browser
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.staff import Account, FakeAccounts, FakeGuesses, FakeMails, FakeSessions, FakeStaff
from tests.support.leftover_german import german_left
from tests.support.town_office import NOON, TOWNS, ConversationHarness
from tests.unit.console.test_door import EMAIL, PASSWORD, sign_in

GERMAN, ENGLISH = StaffLanguage
ME = "/console/vreden/me"


@pytest.fixture
def adapters():
    hall = ConversationHarness("vreden")
    return FakeAdapters(
        accounts=FakeAccounts({EMAIL: Account("staff-1", PASSWORD, has_app=True)}),
        sessions=FakeSessions(),
        guesses=FakeGuesses(),
        staff=FakeStaff({("vreden", "staff-1"): a_member(Role.ADMIN, Role.AGENT)}),
        audit=FakeAudit(),
        mails=FakeMails(),
        settings=Settings(public_url="https://draht.example"),
        towns=hall.towns,
        citizens=hall.citizens,
        cases=hall.citizens.cases,
    )


@pytest.fixture
def browser(adapters):
    return Browser(adapters)


def save(browser, language):
    """One's own page, as it is sent."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get(ME).text)[1]
    return browser.post(ME, {"csrf": csrf, "name": "Maria Beispiel", "language": language})


def test_what_a_browser_asks_for_is_not_a_choice(browser):
    browser.headers["accept-language"] = "en-GB,en;q=0.9"
    first = browser.get("/console/sign-in")
    assert first.title == "Anmelden"
    assert '<html lang="de">' in first.text
    sign_in(browser, first)
    assert browser.get(ME).title == "Mein Konto"


def test_the_door_is_read_in_english_by_a_link_and_stays_so(browser):
    back = "/console/sign-in?next=%2Fconsole%2Fvreden%2Fcases"
    german = browser.get(back)
    link = "/console/sign-in?language=en&amp;next=%2Fconsole%2Fvreden%2Fcases"
    assert f'<a href="{link}" lang="en" hreflang="en">English</a>' in german.text
    english = browser.get(link.replace("&amp;", "&"))
    (cookie,) = english.cookies
    assert cookie.startswith("__Host-language=en; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax; Path=/")
    assert '<html lang="en">' in english.text
    assert english.title == "Sign in"
    assert english.form()[1]["next"] == "/console/vreden/cases"
    assert browser.get("/console/sign-in").title == "Sign in"
    assert browser.get("/console/vreden/nowhere").title == "This page does not exist"
    browser.get("/console/sign-in?language=de")
    assert browser.get("/console/sign-in").title == "Anmelden"


@pytest.mark.parametrize("asked", ["fr", "EN", "", "en;x", "de,en"])
def test_a_language_that_is_none_of_ours_changes_nothing(browser, asked):
    shown = browser.get(f"/console/sign-in?language={asked}")
    assert (shown.title, shown.cookies) == ("Anmelden", [])
    browser.language = asked
    assert browser.get("/console/sign-in").title == "Anmelden"


def test_who_chose_at_the_door_reads_so_within_until_they_choose_there(browser):
    browser.get("/console/sign-in?language=en")
    sign_in(browser)
    assert browser.get(ME).title == "My account"
    assert browser.adapters.staff.get("vreden", "staff-1").language is None
    saved = save(browser, "de")
    assert saved.cookies[0].startswith("__Host-language=de; ")
    assert browser.adapters.staff.get("vreden", "staff-1").language is GERMAN
    assert browser.get(f"{ME}?done=saved").title == "Mein Konto"


def test_what_is_chosen_on_one_s_own_page_holds_on_every_device(browser):
    sign_in(browser)
    assert "Sprache dieser Seiten" in browser.get(ME).text
    save(browser, "en")
    assert browser.adapters.staff.get("vreden", "staff-1").language is ENGLISH
    browser.language = ""
    assert browser.get(ME).title == "My account"
    assert 'id="language-en" name="language" value="en" checked' in browser.get(ME).text


def test_a_form_without_a_language_keeps_the_one_that_is_read(adapters):
    desk = Desk(adapters, adapters.staff.get("vreden", "staff-1"), NOON)
    with reading(ENGLISH):
        desk.post("/me", {"name": "Maria Beispiel"})
    assert adapters.staff.get("vreden", "staff-1").language is ENGLISH


def test_another_member_reads_german_beside_them(adapters):
    adapters.staff.put(replace(a_member(Role.ADMIN), language=ENGLISH))
    english, german = Browser(adapters), Browser(adapters)
    sign_in(english)
    german.cookie = english.cookie
    assert english.get(ME).title == "My account"
    adapters.staff.put(replace(a_member(Role.ADMIN), language=GERMAN))
    assert german.get(ME).title == "Mein Konto"
    assert language_read() is GERMAN


def test_a_page_that_fails_is_read_in_the_language_of_the_door():
    request = Request.of({"routeKey": "GET /console/{town}", "cookies": ["__Host-language=en"]})
    assert "That did not work just now" in text_of(failed(request))
    assert "Das hat gerade nicht geklappt" in text_of(failed(Request.of({})))


@pytest.mark.parametrize(
    ("language", "subject", "hello"),
    [
        (None, "Vreden: 3 Menschen warten, der längste seit 24 Min. Dienstzeit", "Guten Tag Maria Beispiel,"),
        (ENGLISH, "Vreden: 3 people are waiting, the longest for 24 min of office time", "Hello Maria Beispiel,"),
    ],
)
def test_a_mail_is_written_for_whoever_gets_it(language, subject, hello):
    notice = Notice(replace(a_member(), language=language), waiting=3, longest=timedelta(minutes=24))
    with reading(ENGLISH if language is None else GERMAN):  # of whoever is at work as it is sent
        said, text = say_notice(notice, TOWNS["vreden"], "https://x.example")
    assert said == subject
    assert text.startswith(hello)


def test_who_is_invited_reads_german_and_what_is_written_down_stays_german(adapters):
    it = adapters
    ports = StaffPorts(it.accounts, it.staff, it.sessions, it.mails, it.audit, "https://draht.example/console")
    with reading(ENGLISH):
        invited = invite(
            TOWNS["vreden"], "Emil Neu", "emil@vreden.example", frozenset({Role.EDITOR}), "Maria", NOON, ports
        )
    (mail,) = it.mails.sent
    assert (mail.subject, mail.text[:18]) == ("Ihr Zugang zum Bürgerdraht: Vreden", "Guten Tag Emil Neu")
    (entry,) = it.audit.entries("vreden")
    assert (entry.act, entry.why) == (AuditedAct.INVITED, "Presse")
    it.staff.put(replace(invited.member, language=ENGLISH))
    renew(TOWNS["vreden"], invited.member.staff_id, "Maria", NOON, ports)
    assert it.mails.sent[-1].subject == "Your access to the citizens' line: Vreden"


def test_no_german_is_left_in_a_mail():
    maria, town = replace(a_member(), language=ENGLISH), TOWNS["vreden"]
    every = Notice(maria, "Emil", need=2, windows=1, undelivered=3, waiting=2, longest=timedelta(minutes=61))
    mails = (invitation(maria, town, "x", "https://x.example", "Emil"), another_town(maria, town, "x", "Emil"))
    texts = [*say_notice(every, town, "https://x.example"), *(it.text for it in mails), *(it.subject for it in mails)]
    assert [german_left(it) for it in texts] == [{}] * len(texts)
