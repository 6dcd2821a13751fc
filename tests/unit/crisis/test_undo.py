"""Ten seconds to take a press back: nothing is sent, and what held before holds on."""

import asyncio
from datetime import timedelta
from json import loads

import pytest

from stadtdraht.domain.crisis.alert import UNDO
from stadtdraht.domain.crisis.evidence import UNDONE
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.slices import Control, Progress, SliceState
from stadtdraht.usecases.crisis.check_alert import check_alert
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts
from tests.support.builders.crisis import NOON
from tests.support.crisis_page import PIN, CrisisPageHarness
from tests.support.fakes.account_snapshots import FakeAccountSnapshots


@pytest.fixture
def harness():
    return CrisisPageHarness()


def pressed(harness, **changes):
    """A browser on the page that gives it ten seconds."""
    browser = harness.link()
    browser.get().press(undo_s="10", **changes)
    address, _, query = browser.answer["headers"]["Location"].partition("?")
    alert_id = address.rpartition("/")[2]
    return browser, alert_id, query


def pressed_all_clear(harness):
    """A browser that ended a warning, and has ten seconds; and the warning's id."""
    browser = harness.link().get().press()
    warning_id = browser.answer["headers"]["Location"].rpartition("/")[2]
    browser._ask("GET", "", f"kind=all_clear&follows={warning_id}", {})
    fields = {"kind": "all_clear", "follows": warning_id, "scenario": "fire", "undo_s": "10"}
    browser.post(pin=PIN, confirm="Bocholt", nonce=browser.nonce, **fields)
    return browser, warning_id


def shown(browser, alert_id, query=""):
    return browser._ask("GET", alert_id, query, {}).page


def take_back(browser, alert_id, query, **headers):
    return browser._ask("POST", alert_id, query, headers)


def test_the_last_screen_says_that_it_can_be_taken_back(harness):
    page = harness.link().get().choose(scenario="fire", valid_for_min="60").page
    assert '<button class="go" name="undo_s" value="10">Jetzt warnen</button>' in page
    assert "Danach haben Sie 10 Sekunden" in page


def test_whoever_pressed_is_offered_to_take_it_back(harness):
    browser, alert_id, query = pressed(harness)
    page = shown(browser, alert_id, query)
    assert "Die Warnung geht um 12:00:10 Uhr hinaus" in page
    assert "Zurücknehmen" in page
    assert "Entwarnung geben" not in page  # nobody has got anything that could be over


def test_whoever_only_opens_the_link_is_not_offered_it_and_cannot(harness):
    _, alert_id, query = pressed(harness)
    other = harness.link(link_id="l9", holder="Bürgermeister")
    assert "Zurücknehmen" not in shown(other, alert_id)
    assert "Zurücknehmen" not in shown(other, alert_id, query)
    for given in ("undo=", query, "undo=guess"):
        assert take_back(other, alert_id, given).status == 404
    assert harness.alerts.get(alert_id).undone_at is None


def test_a_scanner_that_opens_everything_and_posts_every_form_takes_nothing_back(harness):
    _, alert_id, _ = pressed(harness)
    scanner = harness.link(link_id="l1")
    assert alert_id in scanner.get().page
    assert "<form" not in shown(scanner, alert_id)
    assert harness.alerts.get(alert_id).undone_at is None


def test_taken_back_it_says_so_and_is_kept_in_the_folder(harness):
    browser, alert_id, query = pressed(harness)
    take_back(browser, alert_id, query)
    assert browser.answer["headers"]["Location"] == f"/crisis/{browser.token}/{alert_id}"
    page = shown(browser, alert_id)
    assert "Die Warnung ist zurückgenommen" in page
    assert "Es wurde nichts gesendet." in page
    assert [entry.what for entry in harness.evidence.entries("bocholt", alert_id)] == ["raised", UNDONE]
    assert alert_id not in browser.get().page  # it runs no longer


def test_a_folder_that_cannot_be_reached_does_not_keep_a_warning_from_being_taken_back(harness, monkeypatch, capsys):
    browser, alert_id, query = pressed(harness)

    def unreachable(*_, **__):
        raise ConnectionError("the table does not answer")

    monkeypatch.setattr(harness.evidence, "append", unreachable)
    assert take_back(browser, alert_id, query).status == 303
    assert harness.alerts.get(alert_id).undone_at == harness.now
    assert "CrisisEvidenceMissing" in capsys.readouterr().out


def test_a_second_tap_on_take_back_changes_nothing(harness):
    browser, alert_id, query = pressed(harness)
    take_back(browser, alert_id, query)
    first = harness.alerts.get(alert_id)
    harness.now += timedelta(seconds=1)
    assert take_back(browser, alert_id, query).status == 303
    assert harness.alerts.get(alert_id) == first
    assert len(harness.evidence.entries("bocholt", alert_id)) == 2


def test_once_a_sender_has_begun_it_is_too_late_and_the_page_says_what_helps(harness):
    browser, alert_id, query = pressed(harness)
    harness.now += UNDO
    harness.alerts.begin(alert_id, harness.now)
    assert take_back(browser, alert_id, query).status == 409
    assert "Zu spät" in browser.page
    assert "Es war ein Fehlalarm" in browser.page
    assert harness.alerts.get(alert_id).undone_at is None


def test_the_same_can_be_raised_right_after_it_was_taken_back(harness):
    browser, alert_id, query = pressed(harness)
    take_back(browser, alert_id, query)
    again = harness.link().get().press(undo_s="10", valid_for_min="60")
    assert alert_id not in again.answer["headers"]["Location"]
    assert len(harness.alerts.raised) == 2


def test_an_all_clear_that_is_taken_back_leaves_the_warning_as_it_was(harness):
    browser, warning_id = pressed_all_clear(harness)
    address, _, query = browser.answer["headers"]["Location"].partition("?")
    end_id = address.rpartition("/")[2]
    held = harness.alerts.get(warning_id)
    assert not held.over(harness.now)
    assert held.over(harness.now + UNDO)
    assert not harness.alerts.stopped
    assert "Entwarnung: Die Meldung geht um 12:00:10 Uhr hinaus" in shown(browser, end_id, query)
    take_back(browser, end_id, query)
    after = harness.alerts.get(warning_id)
    assert (after.followed_by, after.over(harness.now + UNDO)) == ("", False)
    assert "Was vorher galt, gilt weiter." in shown(browser, end_id)
    assert harness.evidence.entries("bocholt", warning_id)[-1].facts["undone"] == end_id


def test_nobody_outside_hears_of_it_before_it_goes_out(harness):
    _, alert_id, _ = pressed(harness)
    ports = {"alerts": harness.alerts, "towns": harness.towns}
    assert check_alert(alert_id, harness.now, **ports) is None
    assert check_alert(alert_id, harness.now + UNDO, **ports) is not None
    harness.alerts.undo(harness.alerts.get(alert_id), harness.now)
    assert check_alert(alert_id, harness.now + UNDO, **ports) is None


def test_a_machine_asks_for_the_time_and_gets_the_key(harness):
    browser = harness.link()
    json = {"accept": "application/json", "idempotency-key": "a-1"}
    browser.get().press(headers=json, undo_s="10")
    told = loads(browser.page)
    taken = take_back(browser, told["alert_id"], f"undo={told['undo']}", accept="application/json")
    assert (taken.status, loads(taken.page)) == (200, {"alert_id": told["alert_id"], "undone": True})


def test_without_the_field_it_goes_out_at_once(harness):
    browser = harness.link().get().press()
    [alert] = harness.alerts.raised.values()
    assert alert.sends_at is None
    assert "undo" not in browser.answer["headers"]["Location"]


@pytest.mark.parametrize("undo_s", ["0", "3600", "-10", "ten", "1" * 50])
def test_nobody_holds_a_warning_back_for_longer(harness, undo_s):
    harness.link().get().press(undo_s=undo_s)
    [alert] = harness.alerts.raised.values()
    assert alert.sends_at is None


def test_an_alert_that_was_taken_back_is_followed_by_nothing(harness):
    browser, alert_id, query = pressed(harness)
    take_back(browser, alert_id, query)
    browser.get()
    fields = {"kind": "all_clear", "follows": alert_id, "scenario": "fire"}
    assert browser.post(pin=PIN, confirm="Bocholt", nonce=browser.nonce, **fields).status == 404


def test_a_drill_is_taken_back_as_well(harness):
    browser = harness.link(link_id="l2", mode=LinkMode.DRILL)
    browser.get().press(undo_s="10")
    address, _, query = browser.answer["headers"]["Location"].partition("?")
    assert "Die Übung beginnt um 12:00:10 Uhr" in shown(browser, address.rpartition("/")[2], query)


class WaitingClock:
    """A clock that moves when somebody waits."""

    def __init__(self):
        self.now, self.waited_s = NOON, []

    async def wait(self, seconds):
        self.waited_s.append(seconds)
        self.now += timedelta(seconds=seconds)

    def clock(self):
        return Clock(lambda: self.now, self.monotonic_s, self.wait)

    def monotonic_s(self):
        return (self.now - NOON).total_seconds()


class Nothing:
    """Slices that were sent already, and a control item that keeps what was stopped."""

    def __init__(self):
        self.stopped, self.given_back = [], []

    async def begin(self, work_slice, now):
        return Progress(SliceState.DONE, 1, "", "")

    def all(self, cause):
        return []

    def stop(self, town, phone_number_id, cause, *, stopped):
        self.stopped.append(cause)

    async def read(self, town, phone_number_id):
        return Control(rate_mps=80)

    async def give_back(self, town, phone_number_id, holder, now):
        self.given_back.append(holder)


def sent_by_a_sender(harness, alert_id, waiting):
    nothing = Nothing()
    senders = SenderPorts(harness.audience, nothing, harness.deliveries, nothing, None, harness.line)
    work_slice = harness.alerts.slices[alert_id][0]
    ports = {"alerts": harness.alerts, "towns": harness.towns, "snapshots": FakeAccountSnapshots(), "senders": senders}
    asyncio.run(send_alert(work_slice, **ports, clock=waiting.clock()))
    return nothing


def test_a_sender_waits_for_its_second_and_then_nobody_takes_it_back(harness):
    _, alert_id, _ = pressed(harness)
    waiting = WaitingClock()
    sent_by_a_sender(harness, alert_id, waiting)
    assert waiting.waited_s == [10]
    assert not harness.alerts.undo(harness.alerts.get(alert_id), waiting.now)


def test_what_an_alert_follows_is_stopped_when_it_goes_out_and_not_before(harness):
    _, warning_id = pressed_all_clear(harness)
    end_id = harness.alerts.get(warning_id).followed_by
    assert sent_by_a_sender(harness, end_id, WaitingClock()).stopped == [warning_id]


def test_a_sender_of_an_undone_alert_stops_nothing(harness):
    browser, alert_id, query = pressed(harness)
    take_back(browser, alert_id, query)
    waiting = WaitingClock()
    control = sent_by_a_sender(harness, alert_id, waiting)
    assert (control.stopped, control.given_back) == ([], [alert_id])
    assert waiting.waited_s == []
