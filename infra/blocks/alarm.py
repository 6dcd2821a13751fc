"""An alarm as the construct declares it that owns what is measured; monitoring.py makes it and decides who is told."""

import re
from dataclasses import dataclass
from typing import Protocol

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

MINUTE = Duration.minutes(1)
FIVE_MINUTES = Duration.minutes(5)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Rings when a metric reaches a threshold."""

    name: str
    """Its row in docs/operations/runbooks.md."""
    metric: cloudwatch.IMetric
    threshold: float
    about: str
    """What has happened, as the alarm's description says it."""
    urgent: bool
    """Wakes somebody at night; otherwise it waits for the morning."""
    periods: int = 1
    """So many periods of the metric in a row, unless `of_them` says how many."""
    of_them: int | None = None
    """So many of those periods are enough."""
    rings_below: bool = False
    """Rings below the threshold instead, and where nothing is measured: something does not happen any more."""


class Watched(Protocol):
    """A construct that declares alarms."""

    alarms: list[Alarm]


def kebab_case(metric: str) -> str:
    """The alarm's name of one of our metrics: `MediaGivenUp` rings as `media-given-up`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", metric).lower()
