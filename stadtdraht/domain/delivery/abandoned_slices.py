"""Slices that nobody works on any more: their message ended among the dead letters, or their time is over."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stadtdraht.domain.delivery.slices import QUIET_BEFORE_TAKEOVER_S, Progress, Slice, SliceState

LANE_SILENT = timedelta(hours=1)  # longer than a message is tried: infra/features/broadcast.py, ATTEMPTS times 70 s
QUIET = timedelta(seconds=QUIET_BEFORE_TAKEOVER_S)


@dataclass(frozen=True, slots=True)
class SliceSnapshot:
    """A slice as its row says."""

    work_slice: Slice
    progress: Progress
    moved_at: datetime | None = None
    """When it was last begun, claimed or closed; None: never."""


def abandoned_slices(
    snapshots: Sequence[SliceSnapshot], started_at: datetime, now: datetime, *, over: bool
) -> Sequence[SliceSnapshot]:
    """The slices that nobody works on and that are neither done nor parked. `snapshots`: all slices of one cause.

    A lane has one message in flight. Once a later slice moves, the message of an earlier one is gone; and a lane in
    which nothing has moved for as long as a message is tried has none left.
    """
    lanes: defaultdict[int, list[SliceSnapshot]] = defaultdict(list)
    for snapshot in snapshots:
        lanes[snapshot.work_slice.lane].append(snapshot)
    return [
        snapshot
        for lane in lanes.values()
        for snapshot in lane
        if _is_open(snapshot, now) and (over or _is_silent(lane, started_at, now) or _was_passed(snapshot, lane))
    ]


def owner_is_gone(snapshot: SliceSnapshot, now: datetime) -> bool:
    """Whether a running slice has been silent for longer than its owner could be."""
    running = snapshot.progress.state is SliceState.RUNNING
    return running and (snapshot.moved_at is None or now - snapshot.moved_at > QUIET)


def _is_open(snapshot: SliceSnapshot, now: datetime) -> bool:
    """Not at rest, and no owner who may still be sending."""
    return snapshot.progress.state is SliceState.WAITING or owner_is_gone(snapshot, now)


def _is_silent(lane: Sequence[SliceSnapshot], started_at: datetime, now: datetime) -> bool:
    newest = max((snapshot.moved_at for snapshot in lane if snapshot.moved_at), default=started_at)
    return now - max(newest, started_at) > LANE_SILENT


def _was_passed(snapshot: SliceSnapshot, lane: Sequence[SliceSnapshot]) -> bool:
    if snapshot.progress.state is SliceState.RUNNING:
        return any(it.moved_at and snapshot.moved_at and it.moved_at - snapshot.moved_at > QUIET for it in lane)
    never_begun = snapshot.progress.epoch == 0
    return never_begun and any(it.progress.epoch > 0 and it.work_slice.seq > snapshot.work_slice.seq for it in lane)
