"""Lanes and slices: how an audience is cut so that each slice has one owner and a place to go on from.

A lane is one paced, single-flight stream of sends of one phone number. A slice is a range of citizen ids of
one lane, about 20 s of work. Every slice keeps its own cursor (decision 0003), so that slices can be repeated, handed
back and redriven in any order without a gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.identifiers import SHARDS

BLOCK = 20  # recipients claimed at once: 1/20 write per recipient, and the most a crash leaves claimed but never sent
SLICE_S = 20  # seconds of work in one slice
LANE_MPS = 150  # what one sender process carries with ease; above it a number gets several lanes
QUIET_BEFORE_TAKEOVER_S = 15  # longer than a request may hang (12 s): an owner silent for so long sends no more
DEFAULT_RATE_MPS = 80  # what every number starts with; Meta, Throughput, 2026-05-21
MAX_LANES = 16  # a lane owns whole shards
RETRIED = "?"  # begins an entry of `Progress.leftover`
LEASE = timedelta(seconds=60)  # how long newsletters yield before a sender must renew it


class Purpose(StrEnum):
    """Why we send; decides queue, pace, guards and what happens to an unknown outcome."""

    NEWSLETTER = "newsletter"
    CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class Slice:
    """Recipients of one lane with `after` < citizen_id <= `upto`; `count` of them were eligible at planning."""

    town: str
    cause: str
    purpose: Purpose
    phone_number_id: str
    lane: int
    lanes: int
    seq: int
    after: str
    upto: str
    count: int

    @property
    def group(self) -> str:
        """The FIFO message group: one in flight per lane of a number."""
        return f"{self.phone_number_id}#{self.lane}"


class SliceState(StrEnum):
    """Where a slice stands. PARKED: nobody works on it until a resume."""

    WAITING = "waiting"
    RUNNING = "running"
    PARKED = "parked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """The row of a slice."""

    state: SliceState
    epoch: int
    """Raised by every new owner; a claim with an older one fails (fencing)."""
    cursor: str
    """Everyone up to here was claimed."""
    settled: str
    """Everyone up to here has an outcome row, or stands in `leftover`."""
    leftover: tuple[str, ...] = ()
    """Citizen ids that were claimed, were certainly not sent to, and still have to be. RETRIED before an id: it was
    claimed once more, so that after a crash nobody knows whether this person was sent to.
    """
    handbacks: int = 0
    """How often the slice was handed back, for the queue's deduplication."""
    halted_by: int = 0
    """Meta's code while the whole number cannot send; 0 once somebody was sent to again."""

    @property
    def in_line(self) -> tuple[str, ...]:
        """Citizen ids in `leftover` that were not claimed once more."""
        return tuple(it for it in self.leftover if not it.startswith(RETRIED))

    @property
    def retried(self) -> tuple[str, ...]:
        """Citizen ids in `leftover` that were claimed once more."""
        return tuple(it.removeprefix(RETRIED) for it in self.leftover if it.startswith(RETRIED))


@dataclass(frozen=True, slots=True)
class Control:
    """The control item of a number, read four times a second by all its senders."""

    rate_mps: int
    """Messages a second that Meta allows this number, in and out together."""
    stopped: frozenset[str] = frozenset()
    """Causes that were stopped."""
    leases: Mapping[str, datetime] = field(default_factory=dict)
    """Until when each holder has the number (an alert, or the looks at its unknown outcomes); newsletters yield
    while any lease lasts."""

    def crisis_at(self, now: datetime) -> bool:
        """Whether a crisis holds the number now."""
        return any(now < until for until in self.leases.values())


def looks_at(cause: str) -> str:
    """The holder of a lease while an alert's unknown outcomes are sent again: the alert itself may have ended."""
    return f"{cause}?"


def lanes_for(rate_mps: int) -> int:
    """How many lanes a number of this rate needs: a power of two, so that each owns the same share of the shards."""
    lanes = 1
    while lanes < MAX_LANES and rate_mps / lanes > LANE_MPS:
        lanes *= 2
    return lanes


def shards_of(lane: int, lanes: int) -> str:
    """The shards (first digits of citizen ids) of one lane."""
    width = len(SHARDS) // lanes
    return SHARDS[lane * width : (lane + 1) * width]
