"""The inbox: who waits, in which order, with what beside them; the tabs, the search, several at once."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.notices import Undelivered
from stadtdraht.domain.staff.roles import Role
from tests.support.console import text_of
from tests.support.fakes.notices import FakeUndelivered
from tests.support.fakes.staff import FakeStaff
from tests.unit.console.talk_desk import MEHMET, TalkDesk

BERT, CEM = "4915112345679", "4915112345670"
GAS = "Bei uns im Keller riecht es stark nach Gas, Hilfe!"
CHAIN = "Bitte an alle weiterleiten! WhatsApp wird ab morgen kostenpflichtig, schicke das an 20 Freunde!"


@pytest.fixture
def desk():
    return TalkDesk()


def shown(desk, *roles, query=None, after=timedelta(), address="/inbox"):
    browser = desk.of(*roles)
    browser.now += after
    return text_of(browser.get(address, query=query))


def test_nobody_waits_and_who_wrote_last_is_named(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    desk.of().post("/conversations/{citizen}/close", {}, citizen=desk.who)
    page = shown(desk)
    assert "Niemand wartet." in page
    assert "Zuletzt schrieb Bürger/in …678, 12:01 Uhr." in page
    assert "tab=all" in page


def test_need_first_then_who_waits_longest(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    desk.hall.hears("Und der Bus?", who=BERT)
    desk.hall.hears(GAS, who=CEM)
    page = shown(desk)
    order = [page.index(words) for words in ("Keller riecht", "Schwimmbad", "Und der Bus")]
    assert order == sorted(order)
    assert "Notfall?" in page
    assert 'class="row urgent"' in page


def test_waiting_is_counted_in_office_time_against_the_target(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")  # a Tuesday, 12:01
    assert "über dem Ziel" not in shown(desk, after=timedelta(minutes=90))
    assert "über dem Ziel" in shown(desk, after=timedelta(hours=3))
    assert "3 Std. 59 Min." in shown(desk, after=timedelta(hours=12))  # open until 16:00


def test_who_wrote_out_of_hours_waits_since_then_until_the_doors_open(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?", after=timedelta(hours=10))
    for hours, said in ((0, "seit 22:00"), (3, "seit gestern 22:00")):
        page = shown(desk, after=timedelta(hours=hours))
        assert said in page
        assert " Min." not in page
    assert "2 Std. 30 Min." in shown(desk, after=timedelta(hours=13))  # open from 8:30


def test_the_window_is_told_with_its_end(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    assert "bis morgen 12:01" in shown(desk)
    assert 'class="win num soon"' in shown(desk, after=timedelta(hours=22))
    assert "nur Vorlage" in shown(desk, after=timedelta(hours=25))


def test_tabs_hold_what_is_theirs(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    desk.hall.hears("Und der Bus?", who=BERT)
    desk.of().post("/conversations/{citizen}/assign", {"to": "staff-1"}, citizen=desk.who)
    mine = shown(desk, query={"tab": "mine"})
    assert "Schwimmbad" in mine
    assert "Und der Bus" not in mine
    assert "Niemand" not in shown(desk, query={"tab": "all"})
    assert "Keine Kettenbriefe." in shown(desk, query={"tab": "chain"})
    assert "Schwimmbad" in shown(desk, query={"tab": "no such tab"})


def test_a_deputy_finds_what_is_the_absent_one_s_among_their_own(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    desk.of().post("/conversations/{citizen}/assign", {"to": MEHMET.staff_id}, citizen=desk.who)
    now = desk.hall.at

    def mine(deputy, at):
        away = replace(MEHMET, absence=Absence(now, now + timedelta(days=1), deputy))
        staff = FakeStaff({("arnsberg", it.staff_id): it for it in (desk.of().member, away)})
        return text_of(replace(desk.of(staff=staff), now=at).get("/inbox", query={"tab": "mine"}))

    assert "Schwimmbad" in mine("staff-1", now)
    assert "Schwimmbad" not in mine("", now)
    assert "Schwimmbad" not in mine("staff-1", now + timedelta(days=2))


def test_everybody_is_shown_page_by_page(desk):
    for number in range(53):
        desk.hall.hears(f"Frage {number:02}?", who=f"49151200000{number:02}")
    first = shown(desk, query={"tab": "all"})
    assert first.count('class="row"') == 50
    assert "Weitere anzeigen" in first
    from html import unescape
    from re import findall, search
    from urllib.parse import parse_qsl, urlparse

    href = unescape(search(r'href="([^"]*before=[^"]*)"', first)[1])
    second = shown(desk, query=dict(parse_qsl(urlparse(href).query)))
    assert second.count('class="row"') == 3
    assert "Weitere anzeigen" not in second
    waiting = shown(desk, query={"from": "50"})
    assert waiting.count('class="row"') == 3
    for page in (second, waiting):  # what is renewed is this page, not the first
        renewed = unescape(search(r'data-poll="[^"]*/inbox/rows\?([^"]*)"', page)[1])
        rows = text_of(desk.of().get("/inbox/rows", query=dict(parse_qsl(renewed))))
        assert findall(r"/conversations/\w+", rows) == findall(r"/conversations/\w+", page)
    assert shown(desk, query={"from": "100"}).count('class="row"') == 50  # the list is shorter now


def test_whose_answers_did_not_arrive_are_listed_the_newest_first(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    desk.hall.hears("Und der Bus?", who=BERT)
    first, second = desk.who, desk.hall.person(BERT).citizen_id
    failed = [Undelivered(it, f"m{at}", desk.hall.at) for at, it in enumerate([second, first, second])]
    browser = desk.of(undelivered=FakeUndelivered({"arnsberg": failed}))
    page = text_of(browser.get("/inbox", query={"tab": "missed"}))
    assert re.findall(r'name="pick" value="(\w+)', page) == [second, first]
    assert re.search(r'aria-current="page">Nicht angekommen<', page)
    browser.now += timedelta(days=2)
    assert "kam jede Antwort an." in text_of(browser.get("/inbox", query={"tab": "missed"}))
    assert "Nicht angekommen" not in text_of(browser.get("/inbox"))


def test_what_people_are_called_is_never_markup(desk):
    desk.hall.hears("<script>alert(1)</script> \u202e wann kommt der Bus?")
    page = shown(desk)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_rows_alone_are_answered_once(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    browser = desk.of()
    first = browser.get("/inbox/rows")
    assert "<html" not in first["body"]
    assert "Schwimmbad" in first["body"]
    assert first["headers"]["X-Waits"] == "1;0"  # what the tab says
    assert 'data-for="heard" hidden>Eine Person wartet' in first["body"]
    again = browser.get("/inbox/rows", headers={"if-none-match": first["headers"]["ETag"]})
    assert again["statusCode"] == 304


def test_the_tab_has_a_dot_while_somebody_waits(desk):
    def icon():
        return re.search(r'<link rel="icon" href="([^"]+)"', shown(desk)).group(1)

    assert "circle" not in icon()
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    assert "circle" in icon()


def test_parts_of_any_page_say_how_many_wait_and_how_many_may_be_in_need(desk):
    desk.hall.hears(GAS)
    assert 'data-waits="1;1"' in shown(desk)
    thread = desk.of().get("/conversations/{citizen}/thread", citizen=desk.who)
    assert thread["headers"]["X-Waits"] == "1;1"


def test_who_protects_data_sees_the_list_and_can_do_nothing(desk):
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    page = shown(desk, Role.PRIVACY)
    assert "Schwimmbad" in page
    assert 'type="checkbox"' not in page
    assert "Ausgewählte" not in page


class TestSeveral:
    @pytest.fixture
    def people(self, desk):
        desk.hall.hears("Warum ist das Schwimmbad zu?")
        desk.hall.hears("Und der Bus?", who=BERT)
        return [desk.who, desk.hall.person(BERT).citizen_id]

    def talks(self, desk):
        return [desk.hall.person(), desk.hall.person(BERT)]

    def test_are_taken(self, desk, people):
        answer = desk.of().post("/inbox/take", {"pick": people, "tab": "waiting"})
        assert answer["headers"]["Location"].endswith("/inbox?tab=waiting&done=taken-several")
        assert {it.conversation.assigned_to for it in self.talks(desk)} == {"Maria Beispiel"}

    def test_are_assigned(self, desk, people):
        desk.of().post("/inbox/assign", {"pick": people, "to": MEHMET.staff_id})
        assert {it.conversation.assigned_to for it in self.talks(desk)} == {MEHMET.name}

    def test_are_closed(self, desk, people):
        desk.of().post("/inbox/close", {"pick": people})
        assert "Niemand wartet." in shown(desk)

    def test_who_wrote_since_the_list_was_read_still_waits(self, desk, people):
        picked = re.findall(r'name="pick" value="([^"]+)"', shown(desk))
        assert len(picked) == len(people)
        desk.hall.hears("Und die Straße?", who=BERT)
        answer = desk.of().post("/inbox/close", {"pick": picked})
        assert "done=some-left" in answer["headers"]["Location"]
        assert [bool(it.conversation.waiting_since) for it in self.talks(desk)] == [False, True]

    @pytest.mark.parametrize("act", ["take", "assign"])
    def test_what_a_colleague_has_just_taken_stays_theirs(self, desk, people, act):
        picked = re.findall(r'name="pick" value="([^"]+)"', shown(desk))
        desk.colleague().post("/inbox/take", {"pick": people[:1]})
        answer = desk.of().post(f"/inbox/{act}", {"pick": picked, "to": "staff-1"})
        assert "done=some-left" in answer["headers"]["Location"]
        assert [it.conversation.assigned_to for it in self.talks(desk)] == [MEHMET.name, "Maria Beispiel"]

    def test_to_nobody_we_know_is_no_page(self, desk, people):
        assert desk.of().post("/inbox/assign", {"pick": people, "to": "nobody"})["statusCode"] == 404

    def test_none_picked_is_said(self, desk):
        assert "done=none-picked" in desk.of().post("/inbox/close", {})["headers"]["Location"]

    def test_who_is_gone_meanwhile_is_told(self, desk, people):
        answer = desk.of().post("/inbox/close", {"pick": [*people, "0" * 20]})
        assert "done=some-left" in answer["headers"]["Location"]
        assert "Niemand wartet." in shown(desk)


class TestSearch:
    @pytest.fixture
    def found(self, desk):
        desk.hall.hears("Warum ist das Schwimmbad zu?")
        return lambda typed: desk.of().get("/inbox", query={"q": typed})

    @pytest.mark.parametrize("typed", ["+49 151 12345678", "0151/12345678", "004915112345678"])
    def test_a_number_in_any_spelling_opens_the_conversation(self, desk, found, typed):
        assert found(typed)["headers"]["Location"].endswith(f"/conversations/{desk.who}")

    def test_nobody_found_is_said_with_what_was_typed(self, found):
        page = text_of(found("<b>Zeppelin"))
        assert "Niemand gefunden." in page
        assert "&lt;b&gt;Zeppelin" in page
        assert "werden nicht durchsucht" in page

    def test_several_of_a_name_are_listed(self, desk):
        from dataclasses import replace

        for who, name in ((BERT, "Anna Beispiel"), (CEM, "Anne Beispiel")):
            desk.hall.hears("Wann kommt der Bus?", who=who)
            person = desk.hall.person(who)
            desk.hall.citizens.people[desk.hall.town.id, person.citizen_id] = replace(person, name=name)
        page = text_of(desk.of().get("/inbox", query={"q": "ann"}))
        assert "Anna Beispiel" in page
        assert "Anne Beispiel" in page
        assert "Ausgewählte" not in page
