"""The figures of an alert, from rows in any order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.crisis.alert import AlertValidity
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.usecases.crisis.alert_status import alert_status, requeue_waiting_slices
from stadtdraht.usecases.crisis.check_alert import check_alert
from tests.support.builders.crisis import NOON, a_trigger
from tests.support.crisis_page import CrisisPageHarness, Line, a_person

LATER = NOON + timedelta(seconds=42)


@pytest.fixture
def harness():
    return CrisisPageHarness()


def status_of(harness, alert, now=LATER):
    return alert_status(alert, now, audience=harness.audience, deliveries=harness.deliveries, slices=harness.slices)


def outcome(alert, person, kind, attempt=1):
    return {(person, attempt): Outcome(DeliveryKey(alert.alert_id, person, attempt), kind, NOON)}


def an_alert(harness, **changes):
    trigger = a_trigger(**changes)
    harness.alerts.raise_once(trigger)
    return trigger.alert


def test_what_is_called_finished_was_counted_after_its_end(harness):
    """A lane that ends between the two reads is finished at the next look, with figures that are whole."""
    alert = an_alert(harness)
    lanes = harness.slices.all

    def ends_meanwhile(cause):
        found = lanes(cause)
        harness.slices.state = SliceState.DONE
        harness.deliveries.outcomes |= outcome(alert, "a", OutcomeKind.ACCEPTED)
        return found

    harness.slices.all = ends_meanwhile
    first, second = status_of(harness, alert), status_of(harness, alert)
    assert (first.finished, first.accepted) == (False, 1)
    assert (second.finished, second.accepted) == (True, 1)


def test_each_person_counts_once_at_their_furthest(harness):
    alert = an_alert(harness)
    rows = harness.deliveries
    for person, kind in [
        ("a", OutcomeKind.ACCEPTED),
        ("b", OutcomeKind.ACCEPTED),
        ("c", OutcomeKind.ACCEPTED),
        ("d", OutcomeKind.REFUSED),
        ("e", OutcomeKind.UNKNOWN),
        ("f", OutcomeKind.NOT_SENT),
        ("g", OutcomeKind.ACCEPTED),
    ]:
        rows.outcomes |= outcome(alert, person, kind)
    rows.outcomes |= outcome(alert, "b", OutcomeKind.UNKNOWN, attempt=2)
    rows.statuses = [
        ("a", 1, Status.READ, ""),
        ("a", 1, Status.SENT, ""),
        ("b", 2, Status.DELIVERED, ""),
        ("g", 1, Status.FAILED, "131026"),
    ]
    status = status_of(harness, alert)
    assert (status.accepted, status.sent, status.delivered, status.read) == (4, 2, 2, 1)
    assert (status.failed, status.unknown, status.not_sent, status.resent) == (2, 1, 1, 1)
    assert status.running_for_s == 42


def test_a_status_without_our_own_outcome_proves_that_meta_took_it(harness):
    alert = an_alert(harness)
    harness.deliveries.outcomes |= outcome(alert, "a", OutcomeKind.UNKNOWN)
    harness.deliveries.statuses = [("a", 1, Status.SENT, ""), ("b", 1, Status.DELIVERED, "")]
    status = status_of(harness, alert)
    assert (status.accepted, status.unknown) == (2, 0)


def test_planned_are_those_it_is_for_when_it_was_raised():
    left_before = a_person(1, left_at=NOON - timedelta(minutes=1))
    left_after = a_person(2, left_at=NOON + timedelta(minutes=1))
    elsewhere = a_person(3, district="barlo")
    harness = CrisisPageHarness(a_person(0), left_before, left_after, elsewhere, a_person(4, district="mussum"))
    assert status_of(harness, an_alert(harness, districts=frozenset({"mussum"}))).planned == 3


def test_it_is_finished_when_every_lane_is(harness):
    alert = an_alert(harness)
    assert not status_of(harness, alert).finished
    harness.slices.state = SliceState.DONE
    assert status_of(harness, alert).finished


@pytest.mark.parametrize(("state", "handed_over"), [("waiting", 1), ("running", 0), ("parked", 0), ("done", 0)])
def test_only_lanes_nobody_has_begun_are_handed_over_again_with_their_turn(harness, state, handed_over):
    alert, line = an_alert(harness), Line()
    harness.slices.state, harness.slices.handbacks = SliceState(state), 3
    assert requeue_waiting_slices(alert, LATER, slices=harness.slices, queue=line) == handed_over
    assert [turn for _, turn in line.put_in] == [3] * handed_over


def test_nothing_is_handed_over_after_the_end(harness):
    alert, line = an_alert(harness), Line()
    assert requeue_waiting_slices(alert, alert.expires_at, slices=harness.slices, queue=line) == 0
    assert line.put_in == []


def test_anybody_may_know_whether_an_alert_is_real_and_whether_it_still_holds(harness):
    def validity(alert_id, now=LATER):
        checked = check_alert(alert_id, now, alerts=harness.alerts, towns=harness.towns)
        return checked and checked.validity

    alert = an_alert(harness)
    drill = an_alert(harness, mode=LinkMode.DRILL, random="dddddd")
    assert validity(alert.alert_id) is AlertValidity.VALID
    assert validity(alert.alert_id, alert.expires_at) is AlertValidity.OVER
    assert validity(drill.alert_id) is AlertValidity.DRILL
    assert validity("bocholt-a-20261124-zzzzzz") is None


def test_a_person_without_a_district_counts_everywhere():
    harness = CrisisPageHarness(a_person(0), replace(a_person(1), district="barlo"))
    assert status_of(harness, an_alert(harness, districts=frozenset({"suderwick"}))).planned == 1
