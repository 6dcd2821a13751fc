"""The crisis page, asked as browsers, scanners, control centres and strangers ask it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.crisis.web import press
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.identifiers import DRILL, kind_of
from stadtdraht.domain.town import WhatsAppNumber
from stadtdraht.texts.scenarios import SCENARIOS
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import PIN, Browser, CrisisPageHarness

MACHINE = {"accept": "application/json", "idempotency-key": "einsatz-2026-4711"}


@pytest.fixture
def harness():
    return CrisisPageHarness()


def raised(harness):
    return list(harness.alerts.raised.values())


# ---- opening it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_opening_it_in_any_way_raises_nothing(harness, method):
    browser = harness.link().get(method=method)
    assert browser.status == 200
    assert raised(harness) == []
    assert harness.line.put_in == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_a_scanner_is_not_even_told_whether_the_link_is_good(harness, method):
    good = harness.link()
    stranger = replace(good, token="k1~wrong")
    assert good.get(method=method).answer == stranger.get(method=method).answer
    assert good.page == ""


def test_the_page_says_nothing_to_a_preview_and_is_kept_nowhere(harness):
    browser = harness.link().get()
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
def test_no_screen_has_a_script_or_anything_from_elsewhere(harness, screen):
    browser = harness.link().get()
    if screen == "where":
        browser.choose(scenario="fire")
    if screen == "confirm":
        browser.choose(scenario="fire", valid_for_min="180")
    if screen == "rejected":
        browser.press(pin="000000")
    if screen == "progress":
        browser.press().get(raised(harness)[0].alert_id)
    assert "<h1>" in browser.page
    page = browser.page.replace('<link rel="icon" href="data:,">', "")  # so that nobody asks for an icon
    for foreign in ("<script", "src=", "url(", "@import", "<link", "<iframe", " onclick", "http-equiv"):
        assert foreign not in page
    assert PIN not in browser.page


# ---- links that do not hold -------------------------------------------------------------------------------


def expired(harness, browser):
    harness.now = NOON + timedelta(days=31)


def not_yet_valid(harness, browser):
    harness.now = NOON - timedelta(hours=1)


def revoked(harness, browser):
    harness.links.revoke("bocholt", browser.link.link_id)


def tampered(harness, browser):
    browser.token = browser.token[:-1] + ("a" if browser.token[-1] != "a" else "b")


def of_a_town_that_is_gone(harness, browser):
    del harness.towns.towns["bocholt"]


def moved_to_another_town(harness, browser):
    browser.token = harness.signer.mint(replace(browser.link, town="vreden"))


def made_longer_by_a_leaked_key(harness, browser):
    browser.token = harness.signer.mint(replace(browser.link, expires_at=NOON + timedelta(days=3650)))


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
def test_a_link_that_does_not_hold_shows_one_calm_page_and_presses_nothing(harness, breaks):
    browser = harness.link().get()
    form_page = browser.answer
    breaks(harness, browser)
    seen = browser.get()
    assert (seen.status, seen.heading) == (404, "Dieser Link gilt nicht")
    assert "Bocholt" not in seen.page
    browser.answer = form_page
    assert browser.press().status == 404
    browser.answer = form_page
    assert browser.press(MACHINE).answer["body"] == '{"error": "not found"}'
    assert raised(harness) == []


# ---- three steps ------------------------------------------------------------------------------------------


def test_one_decision_after_the_other_leads_to_the_press(harness):
    browser = harness.link().get()
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
    assert raised(harness) == []
    browser.press(scenario="boil-water", districts="mussum", valid_for_min="60")
    assert browser.status == 303
    [alert] = raised(harness)
    assert browser.answer["headers"]["Location"] == f"/crisis/{browser.token}/{alert.alert_id}"
    assert (alert.scenario, alert.districts) == ("boil-water", frozenset({"mussum"}))
    assert alert.expires_at == NOON + timedelta(hours=1)


def test_neither_nonce_nor_pin_ever_stand_in_an_address(harness):
    browser = harness.link().get().post(scenario="fire", nonce="n", confirm="Bocholt", step="place")
    assert browser.answer["headers"]["Location"] == f"/crisis/{browser.token}?scenario=fire&step=place"
    assert browser.get().press().status == 303
    assert "?" not in browser.answer["headers"]["Location"]


def test_a_query_with_everything_in_it_presses_nothing(harness):
    browser = harness.link().get()
    query = f"scenario=fire&districts=*&valid_for_min=180&languages=de&pin={PIN}&confirm=Bocholt&nonce={browser.nonce}"
    browser._ask("GET", "", query, {})
    assert browser.heading == "Soll das so hinausgehen?"
    assert raised(harness) == []


def test_a_rejected_press_keeps_its_nonce_and_each_view_has_its_own(harness):
    browser = harness.link().get()
    first = browser.nonce
    assert browser.press(pin="000000").nonce == first
    assert browser.get().nonce != first


def test_one_can_go_back_without_losing_what_was_chosen(harness):
    browser = harness.link().get()
    browser.choose(scenario="fire", districts=["mussum"], valid_for_min="60", languages="de", step="place")
    assert browser.heading == "Wo und wie lange?"
    assert 'value="mussum" checked' in browser.page
    assert 'value="barlo">' in browser.page
    assert 'value="60" checked' in browser.page
    assert 'value="en">' in browser.page
    assert browser.choose(scenario="fire", step="scenario").heading == "Was ist passiert?"


def test_the_last_screen_says_how_many_and_by_when(harness):
    people = [*harness.audience.people, replace(harness.audience.people[0], citizen_id="f" * 20, left_at=NOON)]
    people[1] = replace(people[1], district="barlo")
    harness.audience.people = people
    browser = harness.link().get().choose(scenario="fire", districts="mussum", valid_for_min="60")
    assert "<dd>9</dd>" in browser.page
    assert "<dd>13 Sekunden</dd>" in browser.page
    assert "<dd>12:00 Uhr</dd>" in browser.page


def test_it_says_when_whatsapp_will_not_take_everyone(harness):
    number = WhatsAppNumber("1", "2", "+49 1", portfolio_limit=4)
    harness.towns.save(a_town(number=number))
    browser = harness.link().get().choose(scenario="fire", valid_for_min="60")
    assert "nur 4 Menschen" in browser.page
    assert "6 werden vielleicht nicht erreicht" in browser.page


def test_a_drill_looks_reads_and_confirms_differently(harness):
    live, drill = harness.link().get(), harness.link(link_id="l2", mode=LinkMode.DRILL).get()
    assert ('class="live"' in live.page, 'class="drill"' in live.page) == (True, False)
    assert ('class="live"' in drill.page, 'class="drill"' in drill.page) == (False, True)
    assert "ÜBUNG" in drill.page
    assert "ERNSTFALL" in live.page
    assert live.press(confirm="Übung").status == 422
    drill.press(confirm="Bocholt")
    assert drill.status == 422
    assert drill.press().status == 303
    assert [kind_of(alert.alert_id) for alert in raised(harness)] == [DRILL]
    assert harness.alerts.crisis_until == {}


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
def test_one_wrong_field_sends_nothing_and_says_which(harness, wrong, status):
    browser = harness.link().get()
    page = browser.answer
    browser.press(**wrong)
    assert browser.status == status
    assert 'role="alert"' in browser.page
    browser.answer = page
    machine = browser.press({"accept": "application/json"}, **wrong)
    assert machine.status == status
    assert json.loads(machine.page)["field"] in wrong
    assert raised(harness) == []
    assert harness.line.put_in == []


def test_a_town_without_an_approved_warning_hears_so(harness):
    harness.towns.save(a_town(crisis_templates=()))
    browser = harness.link().get().press()
    assert "noch keine Warnung freigegeben" in browser.page
    assert raised(harness) == []


def test_the_right_press_hands_every_lane_to_the_senders_at_once(harness):
    harness.towns.save(a_town(number=WhatsAppNumber("1", "2", "+49 1", None, rate_mps=1_000)))
    harness.link().get().press()
    [alert] = raised(harness)
    assert [(work_slice.lane, turn) for work_slice, turn in harness.line.put_in] == [(lane, 0) for lane in range(8)]
    assert {work_slice.cause for work_slice, _ in harness.line.put_in} == {alert.alert_id}
    assert harness.alerts.crisis_until == {"1": NOON + timedelta(seconds=60)}


def test_pressed_again_from_the_same_page_it_shows_the_first_alert(harness):
    browser = harness.link().get()
    page = browser.answer
    first = browser.press().answer["headers"]["Location"]
    for minutes in (0, 1, 30):
        harness.now = NOON + timedelta(minutes=minutes)
        browser.answer = page
        assert browser.press().answer["headers"]["Location"] == first
    assert len(raised(harness)) == 1


def test_two_holders_at_once_raise_one_alert_and_both_see_it(harness):
    control_centre = harness.link().get()
    mayor = harness.link(link_id="l2", holder="Bürgermeister").get()
    control_centre.press()
    harness.now += timedelta(seconds=20)
    mayor.press()
    [alert] = raised(harness)
    for browser in (control_centre, mayor):
        assert browser.answer["headers"]["Location"].endswith(alert.alert_id)
        assert browser.get(alert.alert_id).status == 200
    assert "Läuft bereits" in mayor.get().page


def test_a_press_that_lost_the_queue_is_completed_by_the_next_one(harness):
    browser = harness.link().get()
    page = browser.answer
    harness.line.broken = True
    with pytest.raises(ConnectionError):
        browser.press()
    harness.line.broken = False
    browser.answer = page
    browser.press()
    assert [turn for _, turn in harness.line.put_in] == [0]
    assert len(raised(harness)) == 1


def test_five_wrong_pins_lock_this_holder_and_no_other(harness):
    browser = harness.link().get()
    other = harness.link(link_id="l2", holder="Bürgermeister").get()
    for _ in range(5):
        assert "Die PIN stimmt nicht" in browser.press(pin="000000").page
    assert "gesperrt" in browser.press().page
    assert raised(harness) == []
    assert other.press().status == 303
    harness.now += timedelta(minutes=16)
    assert browser.get().press(scenario="flood").status == 303
    assert harness.holders.get("bocholt", "Leitstelle").wrong_pins == 0


def test_the_wrong_pin_that_locks_wakes_somebody_and_no_other_does(harness, monkeypatch):
    counted = []
    monkeypatch.setattr(press, "count", lambda name, **_: counted.append(name))
    browser = harness.link().get()
    for wrong in range(1, 8):
        browser.press(pin="000000")
        assert counted.count("CrisisPinLocked") == int(wrong >= 5)


def test_a_page_left_open_for_an_hour_asks_once_more(harness):
    browser = harness.link().get()
    harness.now += timedelta(minutes=61)
    browser.press()
    assert browser.status == 422
    assert "zu lange offen" in browser.page
    assert raised(harness) == []
    assert browser.press().status == 303


# ---- machines ---------------------------------------------------------------------------------------------


def test_a_control_centre_presses_without_a_page_and_repeats_harmlessly(harness):
    machine = harness.link()
    first = machine.press(MACHINE)
    assert first.status == 202
    alert_id = json.loads(first.page)["alert_id"]
    harness.now += timedelta(minutes=10)
    again = machine.press(MACHINE)
    assert (again.status, json.loads(again.page)["alert_id"]) == (200, alert_id)
    assert len(raised(harness)) == 1


def test_a_request_name_and_a_nonce_are_spent_together(harness):
    machine = harness.link().get()
    page = machine.answer
    machine.press(MACHINE)
    harness.now += timedelta(minutes=10)
    machine.answer = page
    assert machine.press({"accept": "application/json", "idempotency-key": "another"}).status == 200
    assert machine.get().press(MACHINE).status == 200
    assert len(raised(harness)) == 1


def test_a_machine_that_names_nothing_presses_nothing(harness):
    assert harness.link().press({"accept": "application/json"}).status == 422
    assert raised(harness) == []


def test_fields_may_come_as_json(harness):
    machine = harness.link()
    fields = {"scenario": "fire", "districts": ["mussum"], "valid_for_min": 60, "languages": ["de"]}
    body = json.dumps({**fields, "pin": PIN, "confirm": "bocholt"})
    machine._ask("POST", "", body, {**MACHINE, "content-type": "application/json"})
    assert machine.status == 202
    assert set(raised(harness)[0].wording) == {"de"}


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "null", "a=1&" * 5_000, "\ud83d"])
def test_rubbish_is_answered_calmly(harness, body):
    for content_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        machine = harness.link()
        machine._ask("POST", "", body, {**MACHINE, "content-type": content_type})
        assert machine.status == 422
    assert raised(harness) == []


# ---- afterwards -------------------------------------------------------------------------------------------


def test_an_alert_of_another_town_or_of_the_drills_is_not_shown(harness):
    browser, drill = harness.link().get(), harness.link(link_id="l2", mode=LinkMode.DRILL).get()
    vreden: Browser = harness.link(town="vreden", link_id="v1").get()
    browser.press()
    drill.press()
    live_id, drill_id = (alert.alert_id for alert in raised(harness))
    assert browser.get(live_id).status == 200
    assert drill.get(drill_id).status == 200
    assert [browser.get(drill_id).status, drill.get(live_id).status, vreden.get(live_id).status] == [404, 404, 404]
    assert browser.get("bocholt-a-20261124-zzzzzz").status == 404


def test_looking_at_the_progress_hands_over_what_was_forgotten(harness):
    browser = harness.link().get()
    harness.line.broken = True
    with pytest.raises(ConnectionError):
        browser.press()
    harness.line.broken = False
    [alert] = raised(harness)
    browser.get(alert.alert_id)
    assert [work_slice.cause for work_slice, _ in harness.line.put_in] == [alert.alert_id]


def test_a_scanner_on_the_progress_page_hands_over_nothing(harness):
    browser = harness.link().get().press()
    before = list(harness.line.put_in)
    browser.get(raised(harness)[0].alert_id, method="HEAD")
    assert harness.line.put_in == before


def test_the_last_screen_says_what_it_costs(harness):
    abroad = replace(harness.audience.people[0], citizen_id="f" * 20, identity=WireIdentity(phone="+3112345678"))
    harness.audience.people.append(abroad)
    page = harness.link().get().choose(scenario="fire", valid_for_min="60").page
    assert "0,46\xa0€ bei Meta, ohne Steuer; dazu eine Person aus einem Land" in page
    harness.audience.people.remove(abroad)
    assert "dazu" not in harness.link().get().choose(scenario="fire", valid_for_min="60").page


def test_a_drill_costs_nothing(harness):
    page = harness.link(link_id="l2", mode=LinkMode.DRILL).get().choose(scenario="fire", valid_for_min="60").page
    assert "keine, denn es wird nichts gesendet" in page
