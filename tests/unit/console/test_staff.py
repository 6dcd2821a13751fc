"""Personal: who is invited, changed and gone, by whom; and one's own page."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from functions.console.routes import ROUTES
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.domain.staff.device import device_of
from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.roles import KEEPS_STAFF, Role
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import address_of
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.console import CSRF, Desk, a_member, text_of
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.staff import Account, FakeAccounts, FakeMails, FakeSessions, FakeStaff
from tests.support.town_office import NOON, ConversationHarness

MARIA, EMIL = "staff-1", "staff-2"
MEMBER = "/staff/{member}"


@pytest.fixture
def desk():
    hall = ConversationHarness("vreden")
    maria = a_member(Role.ADMIN, Role.AGENT, name="Maria Muster")
    emil = a_member(Role.EDITOR, staff_id=EMIL, name="Emil Beispiel")
    accounts = FakeAccounts({it.email: Account(it.staff_id, "kein Zufall heute", has_app=True) for it in (maria, emil)})
    adapters = FakeAdapters(
        accounts=accounts,
        staff=FakeStaff({("vreden", it.staff_id): it for it in (maria, emil)}),
        sessions=FakeSessions(),
        mails=FakeMails(),
        audit=FakeAudit(),
        settings=Settings(public_url="https://draht.example"),
        citizens=hall.citizens,
    )
    return Desk(adapters, maria, NOON)


def the_other(desk):
    return desk.adapters.staff.get("vreden", EMIL)


def test_the_list_names_everybody_with_roles_and_what_is_missing(desk):
    shown = text_of(desk.get("/staff"))
    assert "2 Personen, 1 davon verwaltet die Zugänge" in shown
    assert "Antworten · Verwaltung" in shown
    assert "das sind Sie" in shown
    assert "noch nie hier" in shown
    assert "Code fehlt" in shown


def test_for_others_there_is_no_such_page_and_no_act_and_no_way_to_it(desk):
    routes = {route: it.roles for route, it in ROUTES.items() if "/staff" in route}
    assert set(routes.values()) == {KEEPS_STAFF}
    assert len(routes) == 8
    assert "/vreden/staff" not in text_of(Desk(desk.adapters, the_other(desk), NOON).get("/me"))
    assert "/vreden/staff" in text_of(desk.get("/me"))


@pytest.mark.parametrize(("roles", "is_behind"), [((Role.EDITOR,), False), ((Role.AGENT,), False), (Role, True)])
def test_on_a_phone_nothing_stands_behind_more_but_where_more_is(desk, roles, is_behind):
    shown = text_of(Desk(desk.adapters, a_member(*roles, staff_id=EMIL), NOON).get("/me"))
    assert ('class="rest' in shown, 'class="more"' in shown) == (is_behind, is_behind)


def test_an_invitation_goes_by_mail_with_a_first_password_and_stands_in_the_audit(desk):
    form = {"name": " Aylin   Muster ", "email": "Aylin@Vreden.example", "role": ["agent", "crisis"]}
    assert desk.post("/staff/invite", form)["headers"]["Location"] == "/console/vreden/staff?done=invited"
    (mail,) = desk.adapters.mails.sent
    account = desk.adapters.accounts.accounts["aylin@vreden.example"]
    assert mail.to == "aylin@vreden.example"
    assert account.password in mail.text
    assert account.is_first
    assert len(account.password) >= 14
    assert "https://draht.example/console" in mail.text
    made = desk.adapters.staff.get("vreden", account.staff_id)
    assert (made.name, made.roles) == ("Aylin Muster", {Role.AGENT, Role.CRISIS})
    (entry,) = desk.adapters.audit.kept
    assert (entry.act, entry.by, entry.person) == (AuditedAct.INVITED, "Maria Muster", account.staff_id)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " ", "email": "a@b.example", "role": ["agent"]}, "Bitte Vor- und Nachname eintragen."),
        ({"name": "A", "email": "kein Name", "role": ["agent"]}, "Das ist keine E-Mail-Adresse."),
        ({"name": "A", "email": "a@b.example"}, "Bitte mindestens eine Rolle ankreuzen."),
        ({"name": "A", "email": "a@b.example", "role": ["boss"]}, "Bitte mindestens eine Rolle ankreuzen."),
        ({"name": "A", "email": "staff-2@vreden.example", "role": ["agent"]}, "hat schon einen Zugang"),
    ],
)
def test_what_makes_no_invitation_is_said_at_its_field_and_nothing_is_lost(desk, form, said):
    answer = desk.post("/staff/invite", form)
    assert answer["statusCode"] == 422
    assert said in text_of(answer)
    assert f'value="{form["email"]}"' in text_of(answer)
    assert not desk.adapters.mails.sent
    assert len(desk.adapters.staff.members) == 2


def test_where_no_mail_can_go_the_password_is_shown_once(desk):
    desk.adapters.mails.refuses = True
    shown = text_of(desk.post("/staff/invite", {"name": "Kim", "email": "kim@vreden.example", "role": ["agent"]}))
    assert desk.adapters.accounts.accounts["kim@vreden.example"].password in shown
    assert "Die E-Mail ging nicht hinaus" in shown


def test_who_works_for_another_town_keeps_account_and_password(desk):
    desk.adapters.accounts.accounts["kim@kreis.example"] = Account("kim", "kein Zufall heute", has_app=True)
    desk.adapters.staff.put(a_member(Role.ADMIN, town="bocholt", staff_id="kim"))
    desk.post("/staff/invite", {"name": "Kim", "email": "kim@kreis.example", "role": ["agent"]})
    assert desk.adapters.accounts.accounts["kim@kreis.example"].password == "kein Zufall heute"
    assert "Sie melden sich an wie bisher" in desk.adapters.mails.sent[0].text
    assert list(desk.adapters.staff.towns_of("kim")) == ["bocholt", "vreden"]


def test_roles_are_changed_and_both_states_stand_in_the_audit(desk):
    desk.post(f"{MEMBER}/roles", {"role": ["editor", "mayor"]}, member=EMIL)
    assert the_other(desk).roles == {Role.EDITOR, Role.MAYOR}
    (entry,) = desk.adapters.audit.kept
    assert (entry.act, entry.why) == (AuditedAct.ROLES, "Presse → Bürgermeisteramt · Presse")
    answer = desk.post(f"{MEMBER}/roles", {}, member=EMIL)
    assert answer["statusCode"] == 422
    assert the_other(desk).roles == {Role.EDITOR, Role.MAYOR}


def test_the_last_administrator_stays(desk):
    for act, form in (("roles", {"role": ["agent"]}), ("remove", {"sure": "1"})):
        answer = desk.post(f"{MEMBER}/{act}", form, member=MARIA)
        assert answer["statusCode"] == 409
        assert "Das ist der letzte Zugang mit der Rolle Verwaltung." in text_of(answer)
    assert desk.adapters.staff.get("vreden", MARIA) == desk.member
    assert not desk.adapters.audit.kept


def test_an_access_ends_at_once_and_only_with_the_box(desk):
    assert desk.post(f"{MEMBER}/remove", {}, member=EMIL)["statusCode"] == 422
    assert the_other(desk)
    answer = desk.post(f"{MEMBER}/remove", {"sure": "1"}, member=EMIL)
    assert answer["headers"]["Location"] == "/console/vreden/staff?done=access-ended"
    assert the_other(desk) is None
    assert not desk.adapters.staff.towns_of(EMIL)
    assert "staff-2@vreden.example" not in desk.adapters.accounts.accounts
    assert desk.adapters.audit.kept[-1].act is AuditedAct.REMOVED
    assert desk.post(f"{MEMBER}/remove", {"sure": "1"}, member=EMIL)["statusCode"] == 404


def test_who_takes_their_own_access_away_is_led_to_what_is_left(desk):
    desk.adapters.staff.put(a_member(Role.ADMIN, staff_id=EMIL))
    gone = desk.post(f"{MEMBER}/roles", {"role": ["agent"]}, member=MARIA)
    assert gone["headers"]["Location"] == "/console/vreden/me?done=saved"
    desk.adapters.staff.put(desk.member)
    gone = desk.post(f"{MEMBER}/remove", {"sure": "1"}, member=MARIA)
    assert gone["headers"]["Location"] == "/console"


def test_a_new_name_stands_in_the_audit_beside_the_old_one(desk):
    desk.post("/me", {"name": "Maria Muster"})
    assert not desk.adapters.audit.kept
    desk.post("/me", {"name": "Maria Neu"})
    (entry,) = desk.adapters.audit.kept
    assert (entry.act, entry.by, entry.person) == (AuditedAct.RENAMED, "Maria Muster", MARIA)
    assert entry.why == "Maria Muster → Maria Neu"


def test_the_log_tells_who_did_what_to_whose_access_newest_first(desk):
    desk.post(f"{MEMBER}/roles", {"role": ["mayor"]}, member=EMIL)
    later = replace(desk, now=NOON + timedelta(minutes=5))
    later.post(f"{MEMBER}/remove", {"sure": "1"}, member=EMIL)
    shown = text_of(later.get("/staff/log"))
    rows = [re.sub(r"<[^>]+>", " ", it).split() for it in re.findall(r"<tr.*?</tr>", shown, re.DOTALL)[1:]]
    assert [" ".join(it[1:]) for it in rows] == [
        "Maria Muster Zugang beendet Bürgermeisteramt nicht mehr hier",
        "Maria Muster Rollen geändert Presse → Bürgermeisteramt nicht mehr hier",
    ]
    assert 'href="/console/vreden/staff/log"' in text_of(desk.get("/staff"))


def test_the_log_names_who_signed_in_and_no_address_beside_it(desk):
    for person, email in ((MARIA, "staff-1@vreden.example"), ("gone", "kim@vreden.example")):
        desk.adapters.audit.record(AuditEntry("vreden", NOON, AuditedAct.SIGNED_IN, email, "", person))
    rows = re.findall(r"<tr.*?</tr>", text_of(desk.get("/staff/log")), re.DOTALL)[1:]
    said = sorted(" ".join(re.sub(r"<[^>]+>", " ", it).split()[1:]) for it in rows)
    assert said == ["Maria Muster angemeldet", "kim@vreden.example angemeldet"]


def test_the_log_leaves_out_whose_data_was_looked_at_and_goes_on_below(desk):
    for number in range(60):
        act = AuditedAct.OPENED if number % 6 == 0 else AuditedAct.SIGNED_IN
        at = NOON - timedelta(minutes=number)
        desk.adapters.audit.record(AuditEntry("vreden", at, act, f"n{number}@vreden.example", "", f"s{number}"))
    desk.adapters.audit.record(AuditEntry("vreden", NOON - timedelta(hours=2), AuditedAct.INVITED, "Kim", "", MARIA))
    first = text_of(desk.get("/staff/log"))
    assert first.count("<tr") == 51
    assert "n6@" not in first
    (before,) = re.findall(r'log\?before=([^"]+)"', first)
    second = text_of(desk.get("/staff/log", query={"before": unquote(before)}))
    assert re.findall(r"<td[^>]*>(Kim)</td>", second) == ["Kim"]
    assert "further" not in second


def test_who_was_invited_and_never_came_is_seen_with_the_day(desk):
    desk.adapters.staff.put(replace(the_other(desk), since=NOON - timedelta(days=3)))
    assert "eingeladen" in text_of(desk.get("/staff"))
    desk.adapters.staff.note_sign_in("vreden", EMIL, NOON)
    assert "eingeladen" not in text_of(desk.get("/staff"))


def test_who_still_works_elsewhere_keeps_the_account(desk):
    desk.adapters.staff.put(a_member(Role.ADMIN, town="bocholt", staff_id=EMIL))
    desk.post(f"{MEMBER}/remove", {"sure": "1"}, member=EMIL)
    assert "staff-2@vreden.example" in desk.adapters.accounts.accounts
    assert list(desk.adapters.staff.towns_of(EMIL)) == ["bocholt"]


def test_a_renewed_access_begins_anew(desk):
    desk.adapters.sessions.put(Session("k", EMIL, "staff-2@vreden.example", "c", NOON, NOON))
    desk.post(f"{MEMBER}/renew", {}, member=EMIL)
    account = desk.adapters.accounts.accounts["staff-2@vreden.example"]
    assert (account.is_first, account.has_app) == (True, False)
    assert account.password in desk.adapters.mails.sent[0].text
    assert desk.adapters.sessions.get("k") is None
    assert not the_other(desk).has_app
    assert desk.adapters.audit.kept[-1].act is AuditedAct.RENEWED


def test_a_second_press_renews_nothing_and_is_told_and_a_new_page_renews_again(desk):
    def press():
        form = text_of(desk.get(MEMBER, member=EMIL)).partition("/renew")[2]
        return {"press": re.search(r'name="press" value="([^"]+)"', form)[1]}

    first = press()
    leads_to = [desk.post(f"{MEMBER}/renew", it, member=EMIL)["headers"]["Location"] for it in (first, first)]
    assert leads_to == ["/console/vreden/staff?done=renewed", "/console/vreden/staff/staff-2?done=renewed-already"]
    (mail,) = desk.adapters.mails.sent
    assert desk.adapters.accounts.accounts["staff-2@vreden.example"].password in mail.text
    assert [it.act for it in desk.adapters.audit.kept] == [AuditedAct.RENEWED]
    told = text_of(desk.get(MEMBER, member=EMIL, query={"done": "renewed-already"}))
    assert "Der Knopf war schon gedrückt" in told
    desk.post(f"{MEMBER}/renew", press(), member=EMIL)
    assert len(desk.adapters.mails.sent) == 2


def test_who_is_away_has_a_deputy_until_the_last_day_is_over(desk):
    form = {"since": "2026-11-24", "until": "2026-12-04", "deputy": MARIA}
    desk.post(f"{MEMBER}/absence", form, member=EMIL)
    away = the_other(desk).absence
    zone = desk.town.zone
    assert (away.since.astimezone(zone).isoformat(), away.deputy_id) == ("2026-11-24T00:00:00+01:00", MARIA)
    assert away.until.astimezone(zone).isoformat() == "2026-12-05T00:00:00+01:00"
    shown = text_of(desk.get("/staff"))
    assert "vertreten durch Maria Muster" in shown
    assert desk.adapters.audit.kept[-1].why == "24.11.2026 bis 04.12.2026"
    page = text_of(desk.get(MEMBER, member=EMIL))
    assert 'value="2026-12-04"' in page
    desk.post(f"{MEMBER}/absence", {**form, "back": "1"}, member=EMIL)
    assert the_other(desk).absence is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"since": "", "until": "2026-12-04"}, "Bitte einen Tag wählen"),
        ({"since": "2026-12-01", "until": "9999-12-31"}, "Bitte einen Tag wählen"),
        ({"since": "2026-12-05", "until": "2026-12-01"}, "liegt vor dem ersten"),
        ({"since": "2026-11-01", "until": "2026-11-02"}, "schon vorbei"),
        ({"since": "2026-12-01", "until": "2026-12-02", "deputy": EMIL}, "jemand anderen"),
        ({"since": "2026-12-01", "until": "2026-12-02", "deputy": "nobody"}, "jemand anderen"),
    ],
)
def test_what_is_no_absence_is_said(desk, form, said):
    answer = desk.post(f"{MEMBER}/absence", form, member=EMIL)
    assert answer["statusCode"] == 422
    assert said in text_of(answer)
    assert the_other(desk).absence is None


def test_a_past_absence_is_not_shown(desk):
    past = Absence(NOON - timedelta(days=9), NOON - timedelta(days=2), MARIA)
    desk.adapters.staff.change_absence("vreden", EMIL, past)
    assert "abwesend" not in text_of(desk.get("/staff"))


def test_nobody_of_that_name_is_not_there(desk):
    assert desk.get(MEMBER, member="nobody")["statusCode"] == 404
    for act in ("roles", "absence", "renew", "remove"):
        form = {"role": ["agent"], "sure": "1", "since": "2026-12-01", "until": "2026-12-02"}
        assert desk.post(f"{MEMBER}/{act}", form, member="nobody")["statusCode"] == 404


def test_one_s_own_name_and_wishes(desk):
    desk.post("/me", {"name": " Maria  Neu ", "keys": "1"})
    mine = desk.adapters.staff.get("vreden", MARIA)
    assert (mine.name, mine.mails, mine.keys, mine.roles) == ("Maria Neu", False, True, desk.member.roles)
    assert desk.post("/me", {"name": "  "})["statusCode"] == 422
    desk.post("/me/absence", {"since": "2026-11-25", "until": "2026-11-25", "deputy": EMIL})
    assert desk.adapters.staff.get("vreden", MARIA).absence.deputy_id == EMIL


def test_one_s_name_stands_below_answers_by_wish_alone(desk):
    assert "Mein Name steht unter meinen Antworten: „Maria Muster“" in text_of(desk.get("/me"))
    assert desk.member.signs_as == ""
    desk.post("/me", {"name": "Maria Muster", "signs": "1"})
    assert desk.adapters.staff.get("vreden", MARIA).signs_as == "Maria Muster"
    desk.post("/me", {"name": "Maria Muster"})
    assert desk.adapters.staff.get("vreden", MARIA).signs_as == ""


def test_who_answers_nobody_is_not_asked_how_they_sign_and_keeps_their_wishes(desk):
    editor = Desk(desk.adapters, replace(the_other(desk), signs=True), NOON)
    shown = text_of(editor.get("/me"))
    assert "Mein Name steht" not in shown
    assert '<input type="hidden" name="signs" value="1">' in shown


def test_one_s_own_devices_are_listed_with_every_way_out(desk):
    before = NOON - timedelta(minutes=9)
    desk.adapters.sessions.put(Session("key", MARIA, desk.member.email, CSRF, NOON, NOON, "Firefox · Windows"))
    desk.adapters.sessions.put(Session("b", MARIA, desk.member.email, "c", before, NOON, "Safari · iPhone"))
    desk.adapters.sessions.put(Session("e", EMIL, "staff-2@vreden.example", "c", NOON, NOON, "Chrome · Linux"))
    shown = text_of(desk.get("/me"))
    assert "<b>Firefox · Windows</b> · dieses Gerät" in shown
    assert "<b>Safari · iPhone</b><br>" in shown
    assert "seit 11:51, zuletzt 12:00" in shown
    assert "Chrome" not in shown
    assert re.findall(r'name="device" value="(\w+)"', shown) == ["b"]
    for key in ("b", "e"):
        desk.post("/me/devices", {"device": key})
    assert desk.adapters.sessions.get("b") is None
    assert desk.adapters.sessions.get("e"), "somebody else's"
    assert 'action="/console/sign-out"' in shown
    assert 'action="/console/sign-out/everywhere"' in shown


WINDOWS, MAC = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) ", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (f"{WINDOWS}Gecko/20100101 Firefox/132.0", "Firefox · Windows"),
        (f"{WINDOWS}{CHROME}", "Chrome · Windows"),
        (f"{WINDOWS}{CHROME} Edg/130.0.0.0", "Edge · Windows"),
        (f"{PHONE}Version/18.1 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        (f"{PHONE}CriOS/130.0 Mobile/15E148 Safari/604.1", "Chrome · iPhone"),
        (f"{MAC}AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari · Mac"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-S911B) {CHROME.replace('Safari', 'Mobile Safari')}", "Chrome · Android"),
        ("python-httpx/0.28.1", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_as_its_person_knows_it(user_agent, said):
    assert device_of(user_agent) == said


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" Kim.Neu@Rathaus.Example ", "kim.neu@rathaus.example"),
        ("o'brien+amt@stadt-x.example", "o'brien+amt@stadt-x.example"),
        ("kim@rathaus", ""),
        ("kim@@rathaus.example", ""),
        ("kim neu@rathaus.example", ""),
        ("kim..neu@rathaus.example", ""),
        ("kim@rathaus.example, x@y.example", ""),
        ("Kim <kim@rathaus.example>", ""),
        ("müller@rathaus.example", ""),
        ("k" * 250 + "@x.example", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_that_mail_can_go_to(typed, read):
    assert address_of(typed) == read
