"""What follows an alert: updated, over, or false; once, by whoever holds a link, and to those it is for."""

import asyncio
from datetime import timedelta

import pytest

from stadtdraht.domain.crisis.alert import AlertKind, AlertValidity
from stadtdraht.domain.crisis.follow_up_audience import is_addressed
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.domain.town import Offer
from stadtdraht.texts.follow_ups import follow_up
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.usecases.crisis.check_alert import check_alert
from stadtdraht.usecases.crisis.follow_alert import (
    AddressedAudience,
    chain_of,
    follow_up_recipients,
    wait_until_stopped,
)
from stadtdraht.usecases.delivery.protocol import Clock
from tests.support.builders.crisis import NOON
from tests.support.crisis_page import PIN, CrisisPageHarness, a_person

ENDS = [AlertKind.ALL_CLEAR, AlertKind.FALSE_ALARM]


@pytest.fixture
def harness():
    return CrisisPageHarness()


def raised(harness, **choices):
    """A browser on the progress page of an alert that was just raised."""
    browser = harness.link()
    browser.get().press(**choices)
    alert_id = browser.answer["headers"]["Location"].rpartition("/")[2]
    return browser, harness.alerts.get(alert_id)


def follow(browser, kind, alert, **more):
    """Opens the way to a follow-up and presses."""
    query = {"kind": str(kind), "follows": alert.alert_id, **more}
    browser._ask("GET", "", "&".join(f"{name}={value}" for name, value in query.items()), {})
    return browser.post(pin=PIN, confirm="Bocholt", nonce=browser.nonce, scenario="fire", **query)


def newest(harness, browser):
    return harness.alerts.get(browser.answer["headers"]["Location"].rpartition("/")[2])


@pytest.mark.parametrize("kind", ENDS)
def test_an_end_takes_scenario_and_place_of_its_alert_and_ends_it(harness, kind):
    browser, alert = raised(harness, districts="mussum")
    after = newest(harness, follow(browser, kind, alert, districts="barlo", valid_for_min="30"))
    assert (after.kind, after.follows, after.scenario) == (kind, alert.alert_id, "fire")
    assert after.districts == frozenset({"mussum"})
    ended = harness.alerts.get(alert.alert_id)
    assert ended.followed_by == after.alert_id
    assert ended.over(harness.now)
    assert alert.alert_id in harness.alerts.stopped
    assert after.wording["de"]["bis"] == "24. November 2026, 12:00 Uhr"  # now, and not when the news of it is old
    assert after.wording["de"]["was"].startswith("Entwarnung – " if kind is AlertKind.ALL_CLEAR else "Fehlalarm – ")


def test_an_update_goes_to_the_places_of_before_as_well(harness):
    browser, alert = raised(harness, districts="mussum")
    after = newest(harness, follow(browser, AlertKind.UPDATE, alert, districts="barlo", valid_for_min="60"))
    assert after.districts == frozenset({"barlo"})
    assert [after.reaches(a_person(1, district=one)) for one in ("mussum", "barlo", "suderwick", "")] == [
        True,
        True,
        False,
        True,
    ]
    whole = newest(harness, follow(browser, AlertKind.UPDATE, after, valid_for_min="60"))
    assert whole.reaches(a_person(1, district="suderwick"))


def test_two_who_end_the_same_alert_end_it_once(harness):
    browser, alert = raised(harness)
    other = harness.link(link_id="l9", holder="Bürgermeister")
    first = newest(harness, follow(browser, AlertKind.ALL_CLEAR, alert))
    other.get()
    pressed = other.post(
        pin=PIN, confirm="Bocholt", nonce=other.nonce, kind="false_alarm", follows=alert.alert_id, scenario="fire"
    )
    assert pressed.answer["headers"]["Location"].endswith(f"{first.alert_id}?not_sent=1")
    shown = other._ask("GET", first.alert_id, "not_sent=1", {})
    assert "Es wurde nichts gesendet." in shown.page
    assert "Damit ist sie beendet." in shown.page
    assert len(harness.alerts.raised) == 2
    shown = other._ask("GET", "", f"kind=all_clear&follows={alert.alert_id}", {})
    assert shown.answer["headers"]["Location"].endswith(first.alert_id)


def test_opening_the_way_to_an_end_ends_nothing(harness):
    browser, alert = raised(harness)
    browser._ask("GET", "", f"kind=all_clear&follows={alert.alert_id}", {})
    assert "Entwarnung" in browser.page
    assert "Entwarnung senden" in browser.page
    assert not harness.alerts.get(alert.alert_id).followed_by


@pytest.mark.parametrize("follows", ["", "bocholt-a-20261124-zzzzzz", "vreden-a-20261124-aaaaaa"])
def test_an_end_of_nothing_is_refused(harness, follows):
    browser = harness.link()
    browser.get()
    browser.post(pin=PIN, confirm="Bocholt", nonce=browser.nonce, kind="all_clear", follows=follows, scenario="fire")
    assert browser.status in (404, 422)
    assert not harness.alerts.raised


def test_a_drill_link_does_not_end_an_alert(harness):
    _, alert = raised(harness)
    drill = harness.link(link_id="l2", mode=LinkMode.DRILL)
    drill.get()
    drill.post(pin=PIN, confirm="Übung", nonce=drill.nonce, kind="all_clear", follows=alert.alert_id, scenario="fire")
    assert not harness.alerts.get(alert.alert_id).followed_by


def test_a_wrong_pin_ends_nothing(harness):
    browser, alert = raised(harness)
    browser._ask("GET", "", f"kind=all_clear&follows={alert.alert_id}", {})
    browser.post(pin="000000", confirm="Bocholt", nonce=browser.nonce, kind="all_clear", follows=alert.alert_id)
    assert browser.status == 403
    assert "Die PIN stimmt nicht" in browser.page
    assert not harness.alerts.get(alert.alert_id).followed_by


def test_the_progress_page_offers_what_may_follow_until_something_did(harness):
    browser, alert = raised(harness)
    browser.get(alert.alert_id)
    assert [text in browser.page for text in ("Warnung aktualisieren", "Entwarnung geben", "Fehlalarm")] == [True] * 3
    after = newest(harness, follow(browser, AlertKind.ALL_CLEAR, alert))
    browser.get(alert.alert_id)
    assert "Diese Meldung gilt nicht mehr" in browser.page
    assert after.alert_id in browser.page
    assert "Entwarnung geben" not in browser.page
    browser.get(after.alert_id)
    assert browser.heading.startswith("Entwarnung: ")
    assert "Entwarnung geben" not in browser.page


def test_the_end_of_validity_asks_what_comes_next(harness):
    browser, alert = raised(harness)
    harness.now = alert.expires_at
    browser.get(alert.alert_id)
    assert "Die Gültigkeit ist zu Ende. Dauert die Gefahr an?" in browser.page


def test_everybody_can_read_that_an_alert_has_ended_and_what_came_after(harness):
    browser, alert = raised(harness)
    after = newest(harness, follow(browser, AlertKind.FALSE_ALARM, alert))
    checked = check_alert(alert.alert_id, harness.now, alerts=harness.alerts, towns=harness.towns)
    assert checked.validity is AlertValidity.OVER
    assert checked.followed_by == after
    end = check_alert(after.alert_id, harness.now, alerts=harness.alerts, towns=harness.towns)
    assert end.validity is AlertValidity.FALSE_ALARM


@pytest.mark.parametrize(
    ("rows", "hears"),
    [
        ([], False),
        ([OutcomeKind.REFUSED], False),
        ([OutcomeKind.NOT_SENT], False),
        ([OutcomeKind.ACCEPTED], True),
        ([OutcomeKind.UNKNOWN], True),
        ([OutcomeKind.NOT_SENT, Status.DELIVERED], True),
        ([OutcomeKind.ACCEPTED, Status.FAILED], True),
    ],
)
@pytest.mark.parametrize("kind", ENDS)
def test_an_end_is_for_those_who_have_it_or_may_have_it(kind, rows, hears):
    assert is_addressed(kind, rows) is hears
    assert is_addressed(AlertKind.UPDATE, rows)


def blocks(audience):
    """Everyone in blocks of two, as a sender reads them."""

    async def read():
        after, found = "0", []
        while people := await audience.block("bocholt", Offer.CRISIS, after, "g", 2):
            found += [person.citizen_id for person in people]
            after = people[-1].citizen_id
        return found

    return asyncio.run(read())


def test_the_audience_of_an_end_skips_whoever_heard_nothing_and_loses_nobody_behind_them(harness):
    browser, alert = raised(harness)
    people = [person.citizen_id for person in harness.audience.people]
    told = [people[number] for number in (0, 5, 9)]
    keys = [DeliveryKey(alert.alert_id, person) for person in told]
    asyncio.run(harness.deliveries.record("bocholt", [Outcome(key, OutcomeKind.ACCEPTED, NOON) for key in keys]))
    after = newest(harness, follow(browser, AlertKind.ALL_CLEAR, alert))
    audience = AddressedAudience(harness.audience, harness.deliveries, after, chain_of(after, harness.alerts))
    assert blocks(audience) == told
    ports = {"alerts": harness.alerts, "audience": harness.audience, "deliveries": harness.deliveries}
    assert len(list(follow_up_recipients(AlertKind.ALL_CLEAR, alert, **ports))) == 3
    assert len(list(follow_up_recipients(AlertKind.REPEAT, alert, **ports))) == 10


def test_a_repetition_is_for_those_of_whom_no_sign_came_and_holds_as_long_as_the_alert(harness):
    browser, alert = raised(harness)
    people = [person.citizen_id for person in harness.audience.people]
    keys = [DeliveryKey(alert.alert_id, person) for person in people[:8]]
    asyncio.run(harness.deliveries.record("bocholt", [Outcome(key, OutcomeKind.ACCEPTED, NOON) for key in keys]))
    harness.deliveries.statuses = [(person, 1, Status.DELIVERED, "") for person in people[:6]]
    harness.now += timedelta(minutes=10)
    harness.slices.state = SliceState.DONE
    browser.get(alert.alert_id)
    assert "Nur Nichterreichte" in browser.page
    after = newest(harness, follow(browser, AlertKind.REPEAT, alert))
    assert after.expires_at == alert.expires_at
    assert after.wording["de"]["was"] == alert.wording["de"]["was"]
    audience = AddressedAudience(harness.audience, harness.deliveries, after, chain_of(after, harness.alerts))
    assert blocks(audience) == people[6:]


def test_what_has_ended_is_not_repeated(harness):
    browser, alert = raised(harness)
    harness.now = alert.expires_at
    browser.get(alert.alert_id)
    assert "Nur Nichterreichte" not in browser.page
    browser.post(pin=PIN, confirm="Bocholt", nonce=browser.nonce, kind="repeat", follows=alert.alert_id)
    assert len(harness.alerts.raised) == 1


class Ticking:
    def __init__(self):
        self.at_s = 0.0

    async def wait(self, seconds):
        self.at_s += seconds

    def clock(self):
        return Clock(now=lambda: NOON, monotonic_s=lambda: self.at_s, wait=self.wait)


class Running:
    """Slices of an alert: the state of each at every look."""

    def __init__(self, *looks):
        self.looks = list(looks)

    def all(self, cause):
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return [(None, progress) for progress in look]


def test_a_follow_up_waits_for_the_alert_before_to_stop_and_counts_whom_it_had_claimed(harness):
    _, alert = raised(harness)
    running = Progress(SliceState.RUNNING, 1, cursor="4", settled="2")
    done = Progress(SliceState.DONE, 1, cursor="4", settled="4")
    time = Ticking()
    assert asyncio.run(wait_until_stopped(alert, Running([running], [running], [done]), time.clock())) == ()
    assert 0 < time.at_s < 6
    (claimed,) = asyncio.run(wait_until_stopped(alert, Running([running]), time.clock()))
    assert (claimed.covers("2"), claimed.covers("3"), claimed.covers("4"), claimed.covers("5")) == (
        False,
        True,
        True,
        False,
    )


def test_every_follow_up_is_said_in_every_language():
    for kind in set(AlertKind) - {AlertKind.ALERT}:
        assert all("{was}" in follow_up(kind, language).was for language in LANGUAGES)
