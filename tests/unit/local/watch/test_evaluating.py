"""An alarm rings by its periods, how many of them, its statistic, and what a missing value means."""

from dataclasses import replace

import pytest

from local.watch.definitions import Alarm, AlarmText, Composite, Definitions
from local.watch.evaluating import State, judge, judge_alarm
from local.watch.metrics import MetricKey, Metrics

NOW = 1_796_000_080.0  # 40 s into a minute
KEY = MetricKey.of("Stadtdraht", "FollowUpFailed", {"service": "inbound-process"})
TEXT = AlarmText("Id", "follow-up-failed", "P1", "it fails", "docs/operations/runbooks.md#follow-up-failed", True)
ALARM = Alarm(TEXT, KEY, "Sum", 60, 1, 1, 2.0, "GreaterThanOrEqualToThreshold", "notBreaching")
LONG_AGO = 0.0


def measured(*minutes_ago, value=1.0, key=KEY):
    metrics = Metrics()
    for ago in minutes_ago:
        metrics.add(key, NOW - 60 * ago, value)
    return metrics


def state(alarm, metrics, since=LONG_AGO):
    return judge_alarm(alarm, metrics, NOW, since).state


@pytest.mark.parametrize(("minutes_ago", "rings"), [((), False), ((0,), False), ((0, 0), True), ((0, 1), False)])
def test_a_sum_is_of_one_period(minutes_ago, rings):
    assert (state(ALARM, measured(*minutes_ago)) is State.ALARM) == rings


def test_a_longer_period_adds_up_its_minutes():
    assert state(replace(ALARM, period_s=300), measured(0, 4)) is State.ALARM
    assert state(replace(ALARM, period_s=300), measured(0, 5)) is State.OK


@pytest.mark.parametrize(
    ("minutes_ago", "rings"), [((0, 1), True), ((0, 4), True), ((0,), False), ((0, 0), False), ((0, 5), False)]
)
def test_two_of_five_periods(minutes_ago, rings):
    alarm = replace(ALARM, periods=5, of_them=2, threshold=1.0)
    assert (state(alarm, measured(*minutes_ago)) is State.ALARM) == rings


def test_all_periods_must_ring_when_nothing_else_is_said():
    alarm = replace(ALARM, periods=3, of_them=3, threshold=1.0)
    assert state(alarm, measured(0, 1, 2)) is State.ALARM
    assert state(alarm, measured(0, 2)) is State.OK


@pytest.mark.parametrize(
    ("statistic", "value"),
    [
        ("Sum", 6.0),
        ("Maximum", 3.0),
        ("Minimum", 1.0),
        ("Average", 2.0),
        ("SampleCount", 3.0),
        ("p50", 2.0),
        ("p99", 3.0),
    ],
)
def test_statistics(statistic, value):
    metrics = Metrics()
    for it in (1.0, 2.0, 3.0):
        metrics.add(KEY, NOW, it)
    assert judge_alarm(replace(ALARM, statistic=statistic), metrics, NOW, LONG_AGO).points == (value,)


@pytest.mark.parametrize(
    ("operator", "rings"),
    [
        ("GreaterThanThreshold", False),
        ("GreaterThanOrEqualToThreshold", True),
        ("LessThanOrEqualToThreshold", True),
        ("LessThanThreshold", False),
    ],
)
def test_operators_at_the_threshold(operator, rings):
    assert (state(replace(ALARM, operator=operator), measured(0, value=2.0)) is State.ALARM) == rings


DEAD_MAN = replace(
    ALARM, operator="LessThanThreshold", threshold=1.0, period_s=300, periods=3, of_them=3, missing="breaching"
)


def test_what_does_not_happen_any_more_rings():
    assert state(DEAD_MAN, Metrics()) is State.ALARM
    assert state(DEAD_MAN, measured(14)) is State.OK
    assert state(DEAD_MAN, measured(16)) is State.ALARM


def test_what_lies_before_we_measured_is_not_missing():
    assert state(DEAD_MAN, Metrics(), since=NOW - 200) is State.INSUFFICIENT_DATA
    assert state(DEAD_MAN, Metrics(), since=NOW - 600) is State.OK
    assert state(DEAD_MAN, measured(1), since=NOW - 600) is State.OK


@pytest.mark.parametrize(("missing", "expected"), [("notBreaching", State.OK), ("missing", State.INSUFFICIENT_DATA)])
def test_nothing_measured(missing, expected):
    assert state(replace(ALARM, missing=missing), Metrics()) is expected


def test_other_dimensions_are_another_metric():
    other = MetricKey.of("Stadtdraht", "FollowUpFailed", {"service": "inbound-process", "town": "bocholt"})
    assert state(ALARM, measured(0, 0, 0, key=other)) is State.OK


def test_a_composite_rings_with_a_part_of_it():
    way = Composite(replace(TEXT, logical_id="Way", name="inbound-unwell"), '(ALARM("?Id") OR ALARM("?Other"))')
    other = replace(ALARM, text=replace(TEXT, logical_id="Other", name="other"), threshold=99.0)
    definitions = Definitions((ALARM, other), (way,))
    found = {it.text.name: it.state for it in judge(definitions, measured(0, 0), NOW, LONG_AGO)}
    assert found == {"follow-up-failed": State.ALARM, "other": State.OK, "inbound-unwell": State.ALARM}
    assert judge(definitions, Metrics(), NOW, LONG_AGO)[-1].state is State.OK


def test_what_is_older_than_any_alarm_looks_back_is_forgotten():
    metrics = measured(0, 10)
    metrics.forget_before(NOW - 300)
    assert metrics.statistic(KEY, "Sum", NOW - 3600, NOW + 60) == 1.0
