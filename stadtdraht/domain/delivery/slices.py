"""Lanes and slices: how an audience is cut so that each piece has one owner and a place to go on from.

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
    """The row of a slice.

    epoch: raised by every new owner; a claim with an older one fails (fencing).
    cursor: everyone up to here was claimed. settled: everyone up to here has an outcome row, or stands in `leftover`.
    leftover: claimed, certainly not sent, still to be sent.
    turn: how often the slice was handed back, for the queue's deduplication.
    halted_by: Meta's code while the whole number cannot send; 0 once somebody was sent to again.
    """

    state: SliceState
    epoch: int
    cursor: str
    settled: str
    leftover: tuple[str, ...] = ()
    turn: int = 0
    halted_by: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """The control item of a number, read four times a second by all its senders.

    paused: nothing goes out. leases: newsletters yield while any of them lasts; until when, by holder (an alert, or the
    looks at its unknown outcomes). stopped: causes that were stopped.
    rate_mps: what Meta allows this number, in and out together.
    """

    rate_mps: int
    paused: bool = False
    stopped: frozenset[str] = frozenset()
    leases: Mapping[str, datetime] = field(default_factory=dict)

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
