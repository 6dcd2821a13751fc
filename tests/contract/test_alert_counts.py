"""Port AlertCounts: what was counted comes back whole, and the next count replaces it."""

from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.crisis.alert_counts import DynamoAlertCounts
from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from tests.support.builders.crisis import NOON, a_trigger
from tests.support.fakes.alert_counts import FakeAlertCounts

BARLO = DeliveryFigures(planned=9, accepted=8, sent=7, delivered=6, read=5, failed=1, unknown=2, not_sent=3)
COUNT = AlertCount(NOON, rows=27, resent=2, by_district={"barlo": BARLO, "": DeliveryFigures(planned=1)}, no_way=3)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def counts(request):
    return FakeAlertCounts() if request.param == "fake" else DynamoAlertCounts(request.getfixturevalue("table"))


def test_a_count_comes_back_as_it_was_and_the_next_replaces_it(counts):
    alert_id = a_trigger().alert.alert_id
    assert counts.latest(alert_id) is None
    counts.keep(alert_id, COUNT)
    assert counts.latest(alert_id) == COUNT
    later = AlertCount(NOON + timedelta(seconds=5), rows=0, resent=0, by_district={})
    counts.keep(alert_id, later)
    assert counts.latest(alert_id) == later
    assert counts.latest("bocholt-a-20261124-zzzzzz") is None
    assert counts.latest("nonsense") is None


def test_one_caller_counts_until_it_keeps_what_it_counted_or_its_time_is_over(counts):
    alert_id = a_trigger().alert.alert_id
    soon = NOON + timedelta(seconds=20)
    assert not counts.take(alert_id, NOON, soon)
    counts.keep(alert_id, COUNT)
    assert counts.take(alert_id, NOON, soon)
    assert not counts.take(alert_id, soon - timedelta(seconds=1), soon + timedelta(seconds=20))
    assert counts.latest(alert_id) == COUNT
    assert counts.take(alert_id, soon, soon + timedelta(seconds=20))
    counts.keep(alert_id, COUNT)
    assert counts.take(alert_id, soon, soon + timedelta(seconds=20))


@pytest.mark.local_aws
def test_a_count_stands_beside_its_alert_and_changes_nothing_of_it(table):
    alerts, trigger = DynamoAlerts(table), a_trigger()
    alerts.raise_once(trigger)
    slices = DynamoSlices(table)
    before = slices.all(trigger.alert.alert_id)
    assert before
    DynamoAlertCounts(table).keep(trigger.alert.alert_id, COUNT)
    assert alerts.get(trigger.alert.alert_id) == trigger.alert
    assert slices.all(trigger.alert.alert_id) == before
