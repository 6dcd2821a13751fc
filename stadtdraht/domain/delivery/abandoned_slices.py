"""Slices that nobody works on any more: their message ended among the dead letters, or their time is over."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stadtdraht.domain.delivery.slices import QUIET_BEFORE_TAKEOVER_S, Progress, Slice, SliceState

LANE_SILENT = timedelta(hours=1)  # longer than a message is tried: infra/features/broadcast.py, ATTEMPTS times 70 s
QUIET = timedelta(seconds=QUIET_BEFORE_TAKEOVER_S)


@dataclass(frozen=True, slots=True)
class Standing:
    """A slice as its row says. moved_at: when it was last begun, claimed or closed; None when never."""

    piece: Slice
    progress: Progress
    moved_at: datetime | None = None


def given_up(standings: Sequence[Standing], started_at: datetime, now: datetime, *, over: bool) -> Sequence[Standing]:
    """Those that nobody works on and that are neither done nor parked. `standings` are all slices of one cause.

    A lane has one message in flight. Once a later slice moves, the message of an earlier one is gone; and a lane in
    which nothing has moved for as long as a message is tried has none left.
    """
    lanes: defaultdict[int, list[Standing]] = defaultdict(list)
    for standing in standings:
        lanes[standing.piece.lane].append(standing)
    return [
        standing
        for lane in lanes.values()
        for standing in lane
        if _is_open(standing, now) and (over or _is_silent(lane, started_at, now) or _was_passed(standing, lane))
    ]


def owner_is_gone(standing: Standing, now: datetime) -> bool:
    """Whether a running slice has been silent for longer than its owner could be."""
    running = standing.progress.state is SliceState.RUNNING
    return running and (standing.moved_at is None or now - standing.moved_at > QUIET)


def _is_open(standing: Standing, now: datetime) -> bool:
    """Not at rest, and no owner who may still be sending."""
    return standing.progress.state is SliceState.WAITING or owner_is_gone(standing, now)


def _is_silent(lane: Sequence[Standing], started_at: datetime, now: datetime) -> bool:
    newest = max((standing.moved_at for standing in lane if standing.moved_at), default=started_at)
    return now - max(newest, started_at) > LANE_SILENT


def _was_passed(standing: Standing, lane: Sequence[Standing]) -> bool:
    if standing.progress.state is SliceState.RUNNING:
        return any(it.moved_at and standing.moved_at and it.moved_at - standing.moved_at > QUIET for it in lane)
    never_begun = standing.progress.epoch == 0
    return never_begun and any(it.progress.epoch > 0 and it.piece.seq > standing.piece.seq for it in lane)
