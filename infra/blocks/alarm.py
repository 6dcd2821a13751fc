"""An alarm as the construct declares it that owns what is measured; monitoring.py makes it and decides who is told."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

MINUTE = Duration.minutes(1)
FIVE_MINUTES = Duration.minutes(5)
NO_BLIP = (3, 2)
"""Periods, and how many of them ring: a single bad moment does not."""


class Priority(StrEnum):
    """P1 wakes somebody at any hour, P2 waits for the morning, P3 for the week's round."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Way(StrEnum):
    """A way through the house. What rings when something on it stands still has one cause, and rings once."""

    INBOUND = "inbound"
    BROADCAST = "broadcast"
    CRISIS = "crisis"
    CONSOLE = "console"


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
    can_wait: bool = False
    """Nobody is worse off if it is looked at within the week."""
    way: Way | None = None
    """It tells that this way stands still, as others do at the same time: one alarm of the way speaks for all of them.
    None: it tells something of its own, which must be heard whatever else rings.
    """

    @property
    def priority(self) -> Priority:
        return Priority.P1 if self.urgent else Priority.P3 if self.can_wait else Priority.P2


class Watched(Protocol):
    """A construct that declares alarms."""

    alarms: list[Alarm]


def kebab_case(metric: str) -> str:
    """The alarm's name of one of our metrics: `MediaGivenUp` rings as `media-given-up`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", metric).lower()
