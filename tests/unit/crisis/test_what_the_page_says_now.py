"""The page tells the truth of the moment: after an end, while nothing goes out, after the ten seconds, in a drill."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import Status
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.texts.staff.crisis.alert_state import state
from stadtdraht.usecases.crisis.evidence_figures import _times
from tests.support.builders.crisis import NOON, a_trigger
from tests.support.crisis_page import PIN, CrisisPageHarness

MACHINE = {"accept": "application/json", "idempotency-key": "1"}


@pytest.fixture
def harness():
    return CrisisPageHarness()


def raised(harness, **link):
    browser = harness.link(**link)
    return browser, json.loads(browser.press(MACHINE, nonce="").page)["alert_id"]


def test_after_an_all_clear_the_first_page_says_so_calmly(harness):
    browser, alert_id = raised(harness)
    assert "Läuft bereits" in browser.get().page
    harness.now += timedelta(minutes=20)
    follow = {"pin": PIN, "confirm": "Bocholt", "kind": "all_clear", "follows": alert_id}
    end = json.loads(browser.post({**MACHINE, "idempotency-key": "2"}, **follow).page)["alert_id"]
    harness.now += timedelta(minutes=5)
    page = browser.get().page
    assert "Läuft bereits" not in page
    assert "Entwarnung zu Großbrand, Rauch, seit 12:20 Uhr" in page
    assert '<p class="card ended">' in page
    progress = browser.get(end).page
    assert "Gilt bis" not in progress
    assert "Gilt bis" in browser.get(alert_id).page


def test_while_meta_takes_nothing_the_headline_does_not_say_that_it_goes_out(harness):
    browser, alert_id = raised(harness)
    assert browser.get(alert_id).heading == "Die Warnung geht hinaus"
    slices = harness.slices
    harness.ports = replace(harness.ports, slices=Halted(slices))
    assert browser.get(alert_id).heading == "Die Warnung kommt zurzeit nicht hinaus"
    assert "WhatsApp nimmt gerade nichts an" in browser.page


class Halted:
    def __init__(self, lanes):
        self.lanes = lanes

    def all(self, cause):
        return [(piece, Progress(SliceState.RUNNING, 0, "", "", halted_by=190)) for piece, _ in self.lanes.all(cause)]


def test_after_the_ten_seconds_the_page_turns_into_progress_by_itself(harness):
    browser = harness.link().get().press(undo_s="10")
    [alert_id] = harness.alerts.raised
    browser._ask("GET", alert_id, browser.answer["headers"]["Location"].partition("?")[2], {})
    assert browser.answer["headers"]["Refresh"] == f"11; url=/crisis/{browser.token}/{alert_id}?live=1"
    harness.now += timedelta(seconds=11)
    browser._ask("GET", alert_id, "live=1", {})
    assert browser.heading == "Die Warnung geht hinaus"
    assert browser.answer["headers"]["Refresh"] == "5"


def test_a_drill_says_so_in_every_preview_and_promises_no_message(harness):
    browser = harness.link(link_id="l2", mode=LinkMode.DRILL).get()
    browser.choose(scenario="fire", valid_for_min="60")
    assert browser.page.count("ÜBUNG – keine Warnung") == browser.page.count('class="bubble"') == 2
    assert "geht die erste Nachricht hinaus" not in browser.page
    browser.press(MACHINE, nonce="")
    browser.get(json.loads(browser.page)["alert_id"])
    assert browser.page.count("ÜBUNG – keine Warnung") == browser.page.count('class="bubble"')
    assert "Zugestellt</dt>" not in browser.page
    assert "So viele Menschen wären angeschrieben worden" in browser.page
    live = harness.link().get().choose(scenario="fire", valid_for_min="60")
    assert "ÜBUNG" not in live.page


def test_nobody_unreached_is_offered_no_repetition(harness):
    browser, alert_id = raised(harness)
    harness.slices.state = SliceState.DONE
    assert "Nur Nichterreichte" in browser.get(alert_id).page
    people = [person.citizen_id for person in harness.audience.people]
    harness.deliveries.statuses = [(person, 1, Status.DELIVERED, "") for person in people]
    assert "Nur Nichterreichte" not in browser.get(alert_id).page
    browser._ask("GET", "", f"kind=repeat&follows={alert_id}", {})
    assert "niemand übrig" in browser.page
    assert 'name="pin"' not in browser.page


def test_what_was_accepted_before_the_planned_moment_took_no_negative_time():
    alert = replace(a_trigger().alert, sends_at=NOON + timedelta(seconds=10))
    times = _times(alert, [NOON + timedelta(milliseconds=9_964), NOON + timedelta(seconds=12)])
    assert times == {"first_accepted_ms": 0, "half_accepted_ms": 0, "last_accepted_ms": 2_000}


def test_how_an_alert_stands_is_said_in_german():
    alert, later = a_trigger().alert, NOON + timedelta(minutes=1)
    followed = replace(alert, followed_by="x", followed_at=NOON)
    assert state(alert, later) == "gilt"
    assert state(alert, alert.expires_at) == "abgelaufen"
    assert state(followed, later) == "abgelöst"
    assert state(replace(alert, kind=AlertKind.ALL_CLEAR, follows="x"), later) == "beendet die Warnung davor"
    assert state(replace(alert, undone_at=NOON), later) == "zurückgenommen"
    assert state(replace(alert, sends_at=later + timedelta(seconds=1)), later) == "geht gleich hinaus"
