"""Which alarms ring: periods, how many of them, what a missing value means, and composites.

Amazon CloudWatch, Using alarms, 2026-09. Periods end with the minute that it is, the running one among them, so that an
alarm rings here up to two minutes before it would on AWS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from local.watch.conditions import rule_holds
from local.watch.definitions import Alarm, AlarmText, Composite, Definitions
from local.watch.metrics import MINUTE_S, Metrics


class State(StrEnum):
    """As CloudWatch calls them."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


@dataclass(frozen=True, slots=True)
class Judged:
    """An alarm at a moment."""

    text: AlarmText
    state: State
    points: tuple[float | None, ...] = ()
    """Of each period, the newest first; none of a composite."""


def judge(definitions: Definitions, metrics: Metrics, now_s: float, since_s: float) -> tuple[Judged, ...]:
    """Every alarm of the template, composites last. since_s: when measuring began; what lies before is not missing."""
    found = {alarm.text.logical_id: judge_alarm(alarm, metrics, now_s, since_s) for alarm in definitions.alarms}
    ways = tuple(_judge_composite(it, found) for it in definitions.composites)
    return (*found.values(), *ways)


def judge_alarm(alarm: Alarm, metrics: Metrics, now_s: float, since_s: float) -> Judged:
    """One alarm of one metric."""
    end_s = (now_s // MINUTE_S + 1) * MINUTE_S
    points, ringing, known = [], 0, 0
    for period in range(alarm.periods):
        until_s = end_s - period * alarm.period_s
        begin_s = until_s - alarm.period_s
        value = metrics.statistic(alarm.metric, alarm.statistic, begin_s, until_s)
        points.append(value)
        if value is not None:
            known += 1
            ringing += breaches(alarm, value)
        elif alarm.missing == "breaching" and begin_s >= since_s:
            known += 1
            ringing += 1
        elif alarm.missing == "notBreaching":
            known += 1
    state = State.ALARM if ringing >= alarm.of_them else State.OK if known else State.INSUFFICIENT_DATA
    return Judged(alarm.text, state, tuple(points))


def breaches(alarm: Alarm, value: float) -> bool:
    """Whether one period's value does. Raises KeyError for an operator of anomalies."""
    return {
        "GreaterThanOrEqualToThreshold": value >= alarm.threshold,
        "GreaterThanThreshold": value > alarm.threshold,
        "LessThanThreshold": value < alarm.threshold,
        "LessThanOrEqualToThreshold": value <= alarm.threshold,
    }[alarm.operator]


def _judge_composite(composite: Composite, found: Mapping[str, Judged]) -> Judged:
    rings = rule_holds(composite.rule, lambda arn: found[arn.removeprefix("?")].state)
    return Judged(composite.text, State.ALARM if rings else State.OK)
