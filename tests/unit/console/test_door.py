"""The door: who gets in, how long they stay, and what they do not lose."""

from datetime import timedelta

import pytest

from functions.console.routes import OPEN
from functions.console.web.assets import ASSETS
from functions.console.web.door import STEPS
from functions.console.web.kept import Kept
from functions.console.web.request import Form
from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.session import IDLE, LONGEST
from stadtdraht.domain.staff.sign_in import GUESSES, LOCK, STEP_LASTS
from stadtdraht.settings import Settings
from stadtdraht.usecases.staff.keep_staff import StaffPorts, remove_member
from stadtdraht.usecases.staff.sign_in import digest
from tests.support.adapters import FakeAdapters
from tests.support.console import a_member
from tests.support.console_door import Browser, query_of
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.staff import CODE, Account, FakeAccounts, FakeGuesses, FakeMails, FakeSessions, FakeStaff
from tests.support.town_office import NOON, TOWNS, ConversationHarness

EMAIL, PASSWORD, OWN = "staff-1@vreden.example", "kein Zufall heute", "mein eigener Satz"
MAIN = "/console/vreden"
PAGE = f"{MAIN}/cases"


@pytest.fixture
def browser():
    hall = ConversationHarness("vreden")
    hall.towns.save(TOWNS["bocholt"])
    account = Account("staff-1", PASSWORD, has_app=True)
    adapters = FakeAdapters(
        accounts=FakeAccounts({EMAIL: account}),
        sessions=FakeSessions(),
        guesses=FakeGuesses(),
        staff=FakeStaff({("vreden", "staff-1"): a_member(Role.ADMIN, Role.AGENT)}),
        audit=FakeAudit(),
        settings=Settings(),
        towns=hall.towns,
        citizens=hall.citizens,
        cases=hall.citizens.cases,
    )
    return Browser(adapters)


def sign_in(browser, page=None, password=PASSWORD):
    first = page or browser.get("/console/sign-in")
    second = browser.fill(first, "/console/sign-in", username=EMAIL, password=password)
    return browser.fill(second, code=CODE)


def acts(browser):
    return [it.act for it in browser.adapters.audit.entries("vreden")]


def test_the_door_s_routes_are_those_that_are_deployed():
    assert {*STEPS, ASSETS} == set(OPEN)


def test_password_and_code_lead_in_and_the_cookie_is_guarded(browser):
    assert browser.get("/console").leads_to == "/console/sign-in"
    done = sign_in(browser)
    assert (done.status, done.leads_to) == (303, "/console")
    (cookie,) = done.cookies
    assert cookie.startswith("__Host-sd=")
    assert cookie.endswith("; Secure; HttpOnly; SameSite=Lax; Path=/")
    assert browser.get("/console").leads_to == MAIN
    assert browser.get(PAGE).title == "Meldungen"
    assert acts(browser) == [AuditedAct.SIGNED_IN]
    assert browser.adapters.staff.get("vreden", "staff-1").last_sign_in == NOON
    assert browser.cookie not in str(browser.adapters.sessions)  # its digest alone is stored


def test_the_last_button_pressed_twice_leads_in_all_the_same(browser):
    browser.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/132.0"
    second = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    assert browser.fill(second, code=CODE).leads_to == "/console"
    again = browser.fill(second, code=CODE)
    assert (again.status, again.leads_to, again.cookies) == (303, "/console", [])
    (session,) = browser.adapters.sessions.of("staff-1")
    assert session.device == "Firefox · Windows"
    browser.cookie = ""
    assert browser.fill(second, code=CODE).status == 403, "whoever is not in"


def test_an_address_is_read_as_people_type_it(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=f"  {EMAIL.upper()} ", password=PASSWORD)
    assert page.title == "Code aus Ihrer App"
    assert browser.fill(page, code="123 456").leads_to == "/console"


def test_every_wrong_entry_has_the_same_words_and_carries_what_came_with_it(browser):
    first = browser.get("/console/sign-in?next=%2Fconsole%2Fvreden%2Finbox")
    said = set()
    for username, password in ((EMAIL, "falsch"), ("nobody@vreden.example", PASSWORD), ("", ""), ("kein", "x")):
        page = browser.fill(first, username=username, password=password)
        assert page.status == 403
        assert page.form()[1]["next"] == "/console/vreden/inbox"
        said.add(page.text)
    assert len(said) == 1
    assert "E-Mail-Adresse oder Passwort stimmt nicht." in said.pop()
    assert acts(browser) == [AuditedAct.SIGN_IN_REFUSED]  # of the one whom a town knows


def test_a_wrong_code_is_tried_again_on_the_same_page(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    again = browser.fill(page, code="000000")
    assert (again.status, again.title) == (403, "Code aus Ihrer App")
    assert not browser.cookie
    assert browser.fill(again, code=CODE).leads_to == "/console"
    assert acts(browser) == [AuditedAct.SIGN_IN_REFUSED, AuditedAct.SIGNED_IN]


def test_a_code_with_too_few_digits_is_no_guess(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    for _ in range(GUESSES + 1):
        page = browser.fill(page, code="4719")
        assert page.status == 422
        assert "Es fehlen noch zwei." in page.text
    assert browser.fill(page, code=CODE).leads_to == "/console"


def test_after_five_guesses_nothing_is_looked_at_until_the_lock_is_over(browser):
    first = browser.get("/console/sign-in")
    for _ in range(GUESSES):
        browser.fill(first, username=EMAIL, password="falsch")
    asked = browser.adapters.accounts.asked
    locked = browser.fill(first, username=EMAIL, password=PASSWORD)
    assert locked.status == 429
    assert "in 15 Minuten" in locked.text
    assert browser.adapters.accounts.asked == asked
    browser.now += LOCK
    assert sign_in(browser).leads_to == "/console"


def test_codes_are_guesses_too(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    for _ in range(GUESSES - 1):
        page = browser.fill(page, code="000000")
    assert browser.fill(page, code=CODE).status == 429
    assert not browser.cookie


def test_a_page_of_the_door_that_lay_too_long_begins_anew(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    browser.now += STEP_LASTS
    late = browser.fill(page, code=CODE)
    assert late.title == "Anmelden"
    assert "Das hat zu lange gedauert." in late.text


def test_a_step_leads_in_once_and_none_is_skipped(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    browser.fill(page, code=CODE)
    browser.cookie = ""
    assert browser.fill(page, code=CODE).title == "Anmelden"
    token = page.form()[1]["step"]
    for step in ("password", "enrol"):
        assert browser.post(f"/console/sign-in/{step}", {"step": token, "password": OWN, "code": CODE}).status == 403
    assert browser.post("/console/sign-in/code", {"code": CODE}).status == 403


def test_the_first_time_one_chooses_a_password_and_connects_an_app(browser):
    browser.adapters.accounts.accounts[EMAIL] = Account("staff-1", PASSWORD, is_first=True)
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    assert page.title == "Ihr eigenes Passwort"
    short = browser.fill(page, password="zu kurz")
    assert (short.status, short.title) == (422, "Ihr eigenes Passwort")
    enrol = browser.fill(short, password=OWN)
    assert enrol.title == "Code-App verbinden"
    assert "<svg" in enrol.text
    assert "MUST ERMU STER" in enrol.text
    wrong = browser.fill(enrol, code="000000")
    assert (wrong.status, wrong.title) == (403, "Code-App verbinden")
    assert browser.fill(wrong, code=CODE).leads_to == "/console"
    browser.cookie = ""
    assert sign_in(browser, password=OWN).leads_to == "/console"


def test_no_proof_of_the_pool_stands_on_a_page(browser):
    page = browser.fill(browser.get("/console/sign-in"), username=EMAIL, password=PASSWORD)
    (step,) = browser.adapters.sessions.steps.values()
    assert step.proof not in page.text
    assert step.key == digest(page.form()[1]["step"])


def test_who_is_idle_signs_in_again_and_the_page_s_script_keeps_nobody_in(browser):
    sign_in(browser)
    for _ in range(3):
        browser.now += IDLE / 2
        assert browser.get(PAGE).status == 200
    browser.now += IDLE / 2
    assert browser.get(PAGE, **{"x-poll": "1"}).status == 200
    browser.now += IDLE / 2
    assert browser.get(PAGE, **{"x-poll": "1"}).status == 401
    lost = browser.get(f"{PAGE}?tab=mine")
    assert query_of(lost.leads_to) == {"next": f"{PAGE}?tab=mine"}


def test_a_part_of_a_page_keeps_nobody_in_whoever_asks_for_it(browser):
    """Also without the mark by which our own script says that it is one."""
    sign_in(browser)
    browser.now += IDLE / 2
    assert browser.get(f"{MAIN}/cases/board").status == 200
    assert browser.adapters.sessions.touches == 0
    browser.now += IDLE / 2
    assert browser.get(f"{MAIN}/cases/board").status == 303


def test_nobody_stays_for_longer_than_ten_hours(browser):
    sign_in(browser)
    for _ in range(int(LONGEST / timedelta(minutes=20))):
        assert browser.get(PAGE).status == 200
        browser.now += timedelta(minutes=20)
    assert browser.get(PAGE).status == 303


def test_a_click_is_written_down_once_a_minute(browser):
    sign_in(browser)
    for _ in range(6):
        browser.now += timedelta(seconds=20)
        browser.get(PAGE)
    assert browser.adapters.sessions.touches == 2


def test_after_signing_in_one_is_where_one_wanted_to_go(browser):
    lost = browser.get(f"{PAGE}?tab=mine")
    assert sign_in(browser, browser.get(lost.leads_to)).leads_to == f"{PAGE}?tab=mine"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/console/",
        "//evil.example/console/x",
        "/console//evil.example",
        "/\\evil.example",
        "/console/\\evil",
        "/console/x\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/crisis/x",
        "/console/" + "x" * 3000,
    ],
)
def test_no_link_leads_elsewhere(address):
    assert Kept.of_query(Form({"next": [address]})).address == ""
    assert Kept.of_form(Form({"next": [address], "kept": ['{"text": ["a"]}']})) == Kept()


def test_what_was_typed_is_there_again_after_signing_in(browser):
    sign_in(browser)
    browser.now += IDLE
    typed = {"csrf": "old", "text": "Guten Tag,\n<b>morgen</b> & übermorgen", "press": "p1", "tag": ["a", "b"]}
    lost = browser.post(f"{MAIN}/cases/2026-0001/work", typed)
    assert (lost.status, lost.title) == (401, "Anmelden")
    wrong = browser.fill(lost, username=EMAIL, password="falsch")
    back = sign_in(browser, wrong)
    assert back.title == "Ihr Text ist noch da"
    action, fields = back.form()
    session = browser.adapters.sessions.get(digest(browser.cookie))
    assert action == f"{MAIN}/cases/2026-0001/work"
    assert (fields["text"], fields["press"], fields["csrf"]) == (typed["text"], "p1", session.csrf)
    assert back.text.count('name="tag"') == 2
    assert "<b>morgen" not in back.text


def test_what_another_site_posts_is_not_kept(browser):
    assert browser.post(f"{MAIN}/cases/2026-0001/work", {"text": "x"}, **{"sec-fetch-site": "cross-site"}).status == 403
    page = browser.get("/console/sign-in")
    answer = browser.post("/console/sign-in", {**page.form()[1], "username": EMAIL}, **{"sec-fetch-site": "cross-site"})
    assert answer.status == 403


@pytest.mark.parametrize("fields", [{"text": ["x" * 200_000]}, {"csrf": ["old"]}])
def test_a_form_that_is_too_long_or_says_nothing_leads_home(fields):
    assert Kept.of("/console/vreden/x", Form(fields)) == Kept()


def test_a_press_without_words_is_asked_about_again(browser):
    lost = browser.post(f"{MAIN}/cases/2026-0001/work", {"csrf": "old", "state": "closed"})
    back = sign_in(browser, lost)
    assert back.title == "Noch einmal bestätigen"
    assert back.form()[1]["state"] == "closed"


def test_whoever_signs_out_is_out_on_this_device_and_everywhere_if_they_like(browser):
    sign_in(browser)
    other = Browser(browser.adapters)
    sign_in(other)
    csrf = browser.adapters.sessions.get(digest(browser.cookie)).csrf
    assert browser.post("/console/sign-out", {"csrf": "wrong"}).leads_to == "/console/sign-in?out=1"
    assert len(browser.adapters.sessions.sessions) == 2  # no other site signs anybody out
    sign_in(browser)
    csrf = browser.adapters.sessions.get(digest(browser.cookie)).csrf
    out = browser.post("/console/sign-out", {"csrf": csrf})
    assert "Max-Age=0" in out.cookies[0]
    assert "Sie sind abgemeldet." in browser.get(out.leads_to).text
    assert other.get(PAGE).status == 200
    csrf = other.adapters.sessions.get(digest(other.cookie)).csrf
    other.post("/console/sign-out/everywhere", {"csrf": csrf})
    assert not browser.adapters.sessions.sessions
    assert other.get(PAGE).status == 303


def test_another_town_and_a_town_of_no_role_are_not_there(browser):
    sign_in(browser)
    assert browser.get("/console/bocholt").status == 404
    assert browser.get("/console/nowhere").status == 404
    del browser.adapters.staff.members["vreden", "staff-1"]
    assert browser.get(PAGE).status == 404


def test_who_works_for_several_towns_chooses_and_who_works_for_none_reads_whom_to_ask(browser):
    sign_in(browser)
    browser.adapters.staff.members["bocholt", "staff-1"] = a_member(Role.AGENT, town="bocholt")
    choice = browser.get("/console")
    assert choice.title == "Für welche Stadt arbeiten Sie?"
    assert 'href="/console/bocholt"' in choice.text
    browser.adapters.staff.members.clear()
    assert "die Zugänge zum Bürgerdraht" in browser.get("/console").text


def test_pages_that_only_answer_a_form_lead_to_the_beginning(browser):
    assert browser.get("/console/sign-in/code").leads_to == "/console/sign-in"


@pytest.mark.parametrize("kept", ["[]", "{", '{"text": 1}', "null", '"x"'])
def test_what_nobody_of_us_wrote_is_nothing(kept):
    assert Kept.of_form(Form({"next": ["/console/vreden"], "kept": [kept]})).fields == {}


def a_removal(browser, town="vreden"):
    it = browser.adapters
    ports = StaffPorts(it.accounts, it.staff, it.sessions, FakeMails(), it.audit, "https://draht.example/console")
    remove_member(TOWNS[town], "staff-1", "Emil Beispiel", NOON, ports)


def test_whoever_works_nowhere_any_more_has_no_session_and_finds_no_page(browser):
    browser.adapters.staff.put(a_member(Role.ADMIN, staff_id="staff-2"))
    sign_in(browser)
    (session,) = browser.adapters.sessions.of("staff-1")
    a_removal(browser)
    assert browser.adapters.sessions.get(session.key) is None
    assert browser.get(PAGE).status == 404
    assert browser.post(f"{MAIN}/me", {"csrf": session.csrf, "name": "Wer?"}).status == 404
    assert browser.get("/console").leads_to == "/console/sign-in"
    browser.cookie = "another"
    assert browser.get(PAGE).leads_to.startswith("/console/sign-in?")


def test_whoever_comes_back_signs_in_anew(browser):
    browser.adapters.staff.put(a_member(Role.ADMIN, staff_id="staff-2"))
    sign_in(browser)
    a_removal(browser)
    browser.adapters.staff.put(a_member(Role.AGENT))
    browser.adapters.accounts.accounts[EMAIL] = Account("staff-1", PASSWORD, has_app=True)
    assert browser.get(PAGE).status == 404
    sign_in(browser)
    assert browser.get(PAGE).status == 200


def test_whoever_loses_one_of_two_towns_stays_signed_in(browser):
    browser.adapters.staff.put(a_member(Role.ADMIN, staff_id="staff-2"))
    browser.adapters.staff.put(a_member(Role.AGENT, town="bocholt"))
    sign_in(browser)
    a_removal(browser)
    assert browser.get(PAGE).status == 404
    assert browser.get("/console").leads_to == "/console/bocholt"
