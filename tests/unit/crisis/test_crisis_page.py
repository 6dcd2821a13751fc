"""The crisis page, asked as browsers, scanners, control centres and strangers ask it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.crisis.web import press
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.crisis.alert import LinkMode
from stadtdraht.domain.identifiers import DRILL, kind_of
from stadtdraht.domain.town import WhatsAppNumber
from stadtdraht.texts.scenarios import SCENARIOS
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import PIN, Browser, Office

MACHINE = {"accept": "application/json", "idempotency-key": "einsatz-2026-4711"}


@pytest.fixture
def office():
    return Office()


def raised(office):
    return list(office.alerts.raised.values())


# ---- opening it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_opening_it_in_any_way_raises_nothing(office, method):
    browser = office.link().get(method=method)
    assert browser.status == 200
    assert raised(office) == []
    assert office.line.put_in == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_a_scanner_is_not_even_told_whether_the_link_is_good(office, method):
    good = office.link()
    stranger = replace(good, token="k1~wrong")
    assert good.get(method=method).answer == stranger.get(method=method).answer
    assert good.page == ""


def test_the_page_says_nothing_to_a_preview_and_is_kept_nowhere(office):
    browser = office.link().get()
    title = browser.page.split("<title>")[1].split("</title>")[0]
    assert "Bocholt" not in title
    assert "Warnung" not in title
    headers = browser.answer["headers"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("screen", ["what", "where", "confirm", "rejected", "progress"])
def test_no_screen_has_a_script_or_anything_from_elsewhere(office, screen):
    browser = office.link().get()
    if screen == "where":
        browser.choose(scenario="fire")
    if screen == "confirm":
        browser.choose(scenario="fire", valid_for_min="180")
    if screen == "rejected":
        browser.press(pin="000000")
    if screen == "progress":
        browser.press().get(raised(office)[0].alert_id)
    assert "<h1>" in browser.page
    for foreign in ("<script", "src=", "url(", "@import", "<link", "<iframe", " onclick", "http-equiv"):
        assert foreign not in browser.page
    assert PIN not in browser.page


# ---- links that do not hold -------------------------------------------------------------------------------


def expired(office, browser):
    office.now = NOON + timedelta(days=31)


def not_yet_valid(office, browser):
    office.now = NOON - timedelta(hours=1)


def revoked(office, browser):
    office.alerts.revoke_link("bocholt", browser.link.link_id)


def tampered(office, browser):
    browser.token = browser.token[:-1] + ("a" if browser.token[-1] != "a" else "b")


def of_a_town_that_is_gone(office, browser):
    del office.towns.towns["bocholt"]


def moved_to_another_town(office, browser):
    browser.token = office.signer.mint(replace(browser.link, town="vreden"))


def made_longer_by_a_leaked_key(office, browser):
    browser.token = office.signer.mint(replace(browser.link, expires_at=NOON + timedelta(days=3650)))


BROKEN = [
    expired,
    not_yet_valid,
    revoked,
    tampered,
    of_a_town_that_is_gone,
    moved_to_another_town,
    made_longer_by_a_leaked_key,
]


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: breaks.__name__)
def test_a_link_that_does_not_hold_shows_one_calm_page_and_presses_nothing(office, breaks):
    browser = office.link().get()
    form_page = browser.answer
    breaks(office, browser)
    seen = browser.get()
    assert (seen.status, seen.heading) == (404, "Dieser Link gilt nicht")
    assert "Bocholt" not in seen.page
    browser.answer = form_page
    assert browser.press().status == 404
    browser.answer = form_page
    assert browser.press(MACHINE).answer["body"] == '{"error": "not found"}'
    assert raised(office) == []


# ---- three steps ------------------------------------------------------------------------------------------


def test_one_decision_after_the_other_leads_to_the_press(office):
    browser = office.link().get()
    assert browser.heading == "Was ist passiert?"
    assert all(scenario.label in browser.page for scenario in SCENARIOS.values())
    browser.choose(scenario="boil-water")
    assert browser.heading == "Wo und wie lange?"
    assert 'value="720" checked' in browser.page
    browser.choose(scenario="boil-water", districts="mussum", valid_for_min="60", languages=["de", "en"])
    assert browser.heading == "Soll das so hinausgehen?"
    assert "Kochen Sie Leitungswasser" in browser.page
    assert "Boil tap water" in browser.page
    assert "Bocholt: Mussum" in browser.page
    assert raised(office) == []
    browser.press(scenario="boil-water", districts="mussum", valid_for_min="60")
    assert browser.status == 303
    [alert] = raised(office)
    assert browser.answer["headers"]["Location"] == f"/crisis/{browser.token}/{alert.alert_id}"
    assert (alert.scenario, alert.districts) == ("boil-water", frozenset({"mussum"}))
    assert alert.expires_at == NOON + timedelta(hours=1)


def test_neither_nonce_nor_pin_ever_stand_in_an_address(office):
    browser = office.link().get().post(scenario="fire", nonce="n", confirm="Bocholt", step="place")
    assert browser.answer["headers"]["Location"] == f"/crisis/{browser.token}?scenario=fire&step=place"
    assert browser.get().press().status == 303
    assert "?" not in browser.answer["headers"]["Location"]


def test_a_query_with_everything_in_it_presses_nothing(office):
    browser = office.link().get()
    query = f"scenario=fire&valid_for_min=180&languages=de&pin={PIN}&confirm=Bocholt&nonce={browser.nonce}"
    browser._ask("GET", "", query, {})
    assert browser.heading == "Soll das so hinausgehen?"
    assert raised(office) == []


def test_a_rejected_press_keeps_its_nonce_and_each_view_has_its_own(office):
    browser = office.link().get()
    first = browser.nonce
    assert browser.press(pin="000000").nonce == first
    assert browser.get().nonce != first


def test_one_can_go_back_without_losing_what_was_chosen(office):
    browser = office.link().get()
    browser.choose(scenario="fire", districts=["mussum"], valid_for_min="60", languages="de", step="place")
    assert browser.heading == "Wo und wie lange?"
    assert 'value="mussum" checked' in browser.page
    assert 'value="barlo">' in browser.page
    assert 'value="60" checked' in browser.page
    assert 'value="en">' in browser.page
    assert browser.choose(scenario="fire", step="scenario").heading == "Was ist passiert?"


def test_the_last_screen_says_how_many_and_by_when(office):
    people = [*office.audience.people, replace(office.audience.people[0], citizen_id="f" * 20, left_at=NOON)]
    people[1] = replace(people[1], district="barlo")
    office.audience.people = people
    browser = office.link().get().choose(scenario="fire", districts="mussum", valid_for_min="60")
    assert "<dd>9</dd>" in browser.page
    assert "<dd>13 Sekunden</dd>" in browser.page
    assert "<dd>12:00 Uhr</dd>" in browser.page


def test_it_says_when_whatsapp_will_not_take_everyone(office):
    number = WhatsAppNumber("1", "2", "+49 1", portfolio_limit=4)
    office.towns.save(a_town(number=number))
    browser = office.link().get().choose(scenario="fire", valid_for_min="60")
    assert "nur 4 Menschen" in browser.page
    assert "6 werden vielleicht nicht erreicht" in browser.page


def test_a_drill_looks_reads_and_confirms_differently(office):
    live, drill = office.link().get(), office.link(link_id="l2", mode=LinkMode.DRILL).get()
    assert ('class="live"' in live.page, 'class="drill"' in live.page) == (True, False)
    assert ('class="live"' in drill.page, 'class="drill"' in drill.page) == (False, True)
    assert "ÜBUNG" in drill.page
    assert "ERNSTFALL" in live.page
    assert live.press(confirm="Übung").status == 422
    drill.press(confirm="Bocholt")
    assert drill.status == 422
    assert drill.press().status == 303
    assert [kind_of(alert.alert_id) for alert in raised(office)] == [DRILL]
    assert office.alerts.crisis_until == {}


# ---- the press --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"pin": "000000"}, 403),
        ({"pin": ""}, 403),
        ({"confirm": "Vreden"}, 422),
        ({"confirm": ""}, 422),
        ({"scenario": "dragon"}, 422),
        ({"scenario": ""}, 422),
        ({"districts": "atlantis"}, 422),
        ({"valid_for_min": "14"}, 422),
        ({"valid_for_min": "721"}, 422),
        ({"valid_for_min": "bald"}, 422),
        ({"valid_for_min": "٣٠"}, 422),
        ({"languages": "xx"}, 422),
        ({"nonce": ""}, 422),
        ({"nonce": "made-up"}, 422),
    ],
    ids=str,
)
def test_one_wrong_field_sends_nothing_and_says_which(office, wrong, status):
    browser = office.link().get()
    page = browser.answer
    browser.press(**wrong)
    assert browser.status == status
    assert 'role="alert"' in browser.page
    browser.answer = page
    machine = browser.press({"accept": "application/json"}, **wrong)
    assert machine.status == status
    assert json.loads(machine.page)["field"] in wrong
    assert raised(office) == []
    assert office.line.put_in == []


def test_a_town_without_an_approved_warning_hears_so(office):
    office.towns.save(a_town(crisis_templates=()))
    browser = office.link().get().press()
    assert "noch keine Warnung freigegeben" in browser.page
    assert raised(office) == []


def test_the_right_press_hands_every_lane_to_the_senders_at_once(office):
    office.towns.save(a_town(number=WhatsAppNumber("1", "2", "+49 1", None, rate_mps=1_000)))
    office.link().get().press()
    [alert] = raised(office)
    assert [(work_slice.lane, turn) for work_slice, turn in office.line.put_in] == [(lane, 0) for lane in range(8)]
    assert {work_slice.cause for work_slice, _ in office.line.put_in} == {alert.alert_id}
    assert office.alerts.crisis_until == {"1": NOON + timedelta(seconds=60)}


def test_pressed_again_from_the_same_page_it_shows_the_first_alert(office):
    browser = office.link().get()
    page = browser.answer
    first = browser.press().answer["headers"]["Location"]
    for minutes in (0, 1, 30):
        office.now = NOON + timedelta(minutes=minutes)
        browser.answer = page
        assert browser.press().answer["headers"]["Location"] == first
    assert len(raised(office)) == 1


def test_two_holders_at_once_raise_one_alert_and_both_see_it(office):
    control_centre = office.link().get()
    mayor = office.link(link_id="l2", holder="Bürgermeister").get()
    control_centre.press()
    office.now += timedelta(seconds=20)
    mayor.press()
    [alert] = raised(office)
    for browser in (control_centre, mayor):
        assert browser.answer["headers"]["Location"].endswith(alert.alert_id)
        assert browser.get(alert.alert_id).status == 200
    assert "Läuft bereits" in mayor.get().page


def test_a_press_that_lost_the_queue_is_completed_by_the_next_one(office):
    browser = office.link().get()
    page = browser.answer
    office.line.broken = True
    with pytest.raises(ConnectionError):
        browser.press()
    office.line.broken = False
    browser.answer = page
    browser.press()
    assert [turn for _, turn in office.line.put_in] == [0]
    assert len(raised(office)) == 1


def test_five_wrong_pins_lock_this_holder_and_no_other(office):
    browser = office.link().get()
    other = office.link(link_id="l2", holder="Bürgermeister").get()
    for _ in range(5):
        assert "Die PIN stimmt nicht" in browser.press(pin="000000").page
    assert "gesperrt" in browser.press().page
    assert raised(office) == []
    assert other.press().status == 303
    office.now += timedelta(minutes=16)
    assert browser.get().press(scenario="flood").status == 303
    assert office.alerts.holder("bocholt", "Leitstelle").wrong_pins == 0


def test_the_wrong_pin_that_locks_wakes_somebody_and_no_other_does(office, monkeypatch):
    counted = []
    monkeypatch.setattr(press, "count", lambda name, **_: counted.append(name))
    browser = office.link().get()
    for wrong in range(1, 8):
        browser.press(pin="000000")
        assert counted.count("CrisisPinLocked") == int(wrong >= 5)


def test_a_page_left_open_for_an_hour_asks_once_more(office):
    browser = office.link().get()
    office.now += timedelta(minutes=61)
    browser.press()
    assert browser.status == 422
    assert "zu lange offen" in browser.page
    assert raised(office) == []
    assert browser.press().status == 303


# ---- machines ---------------------------------------------------------------------------------------------


def test_a_control_centre_presses_without_a_page_and_repeats_harmlessly(office):
    machine = office.link()
    first = machine.press(MACHINE)
    assert first.status == 202
    alert_id = json.loads(first.page)["alert_id"]
    office.now += timedelta(minutes=10)
    again = machine.press(MACHINE)
    assert (again.status, json.loads(again.page)["alert_id"]) == (200, alert_id)
    assert len(raised(office)) == 1


def test_a_request_name_and_a_nonce_are_spent_together(office):
    machine = office.link().get()
    page = machine.answer
    machine.press(MACHINE)
    office.now += timedelta(minutes=10)
    machine.answer = page
    assert machine.press({"accept": "application/json", "idempotency-key": "another"}).status == 200
    assert machine.get().press(MACHINE).status == 200
    assert len(raised(office)) == 1


def test_a_machine_that_names_nothing_presses_nothing(office):
    assert office.link().press({"accept": "application/json"}).status == 422
    assert raised(office) == []


def test_fields_may_come_as_json(office):
    machine = office.link()
    fields = {"scenario": "fire", "districts": ["mussum"], "valid_for_min": 60, "languages": ["de"]}
    body = json.dumps({**fields, "pin": PIN, "confirm": "bocholt"})
    machine._ask("POST", "", body, {**MACHINE, "content-type": "application/json"})
    assert machine.status == 202
    assert set(raised(office)[0].wording) == {"de"}


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "null", "a=1&" * 5_000, "\ud83d"])
def test_rubbish_is_answered_calmly(office, body):
    for content_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        machine = office.link()
        machine._ask("POST", "", body, {**MACHINE, "content-type": content_type})
        assert machine.status == 422
    assert raised(office) == []


# ---- afterwards -------------------------------------------------------------------------------------------


def test_an_alert_of_another_town_or_of_the_drills_is_not_shown(office):
    browser, drill = office.link().get(), office.link(link_id="l2", mode=LinkMode.DRILL).get()
    vreden: Browser = office.link(town="vreden", link_id="v1").get()
    browser.press()
    drill.press()
    live_id, drill_id = (alert.alert_id for alert in raised(office))
    assert browser.get(live_id).status == 200
    assert drill.get(drill_id).status == 200
    assert [browser.get(drill_id).status, drill.get(live_id).status, vreden.get(live_id).status] == [404, 404, 404]
    assert browser.get("bocholt-a-20261124-zzzzzz").status == 404


def test_looking_at_the_progress_hands_over_what_was_forgotten(office):
    browser = office.link().get()
    office.line.broken = True
    with pytest.raises(ConnectionError):
        browser.press()
    office.line.broken = False
    [alert] = raised(office)
    browser.get(alert.alert_id)
    assert [work_slice.cause for work_slice, _ in office.line.put_in] == [alert.alert_id]


def test_a_scanner_on_the_progress_page_hands_over_nothing(office):
    browser = office.link().get().press()
    before = list(office.line.put_in)
    browser.get(raised(office)[0].alert_id, method="HEAD")
    assert office.line.put_in == before


def test_the_last_screen_says_what_it_costs(office):
    abroad = replace(office.audience.people[0], citizen_id="f" * 20, identity=WireIdentity(phone="+3112345678"))
    office.audience.people.append(abroad)
    page = office.link().get().choose(scenario="fire", valid_for_min="60").page
    assert "0,46\xa0€ bei Meta, ohne Steuer; dazu eine Person aus einem Land" in page
    office.audience.people.remove(abroad)
    assert "dazu" not in office.link().get().choose(scenario="fire", valid_for_min="60").page


def test_a_drill_costs_nothing(office):
    page = office.link(link_id="l2", mode=LinkMode.DRILL).get().choose(scenario="fire", valid_for_min="60").page
    assert "keine, denn es wird nichts gesendet" in page
