"""Where a broadcast stands, counted from its rows and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.slicing import had_their_turn
from stadtdraht.domain.delivery.abandoned_slices import SliceSnapshot, abandoned_slices
from stadtdraht.domain.delivery.delivery import OutcomeKind, State, Status, state_of
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted, by_person
from stadtdraht.usecases.broadcast.reporting.unanswered import is_silent
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter

if TYPE_CHECKING:
    from stadtdraht.ports.delivery import Deliveries, Slices


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastStatus(DeliveryFigures):
    """Where a newsletter stands; its fields are the names in JSON.

    `not_sent` also counts people without a row to whom nothing goes out any more, unless somebody resumes the
    newsletter or hands its dead letters back.
    """

    state: str
    silent: int
    """Those of the unknown who have been so for 15 minutes."""
    waiting: int
    """Still in line."""
    given_up: int
    """Slices that nobody works on."""
    reasons: dict[str, int]
    """Why people are failed or not_sent: Meta's code or ours, and how many people."""
    finished: bool
    next_portion_at: datetime | None = None
    """When a newsletter over several days goes on for those in line."""


def broadcast_status(
    broadcast: Broadcast, now: datetime, *, lost: Unaccounted, deliveries: Deliveries, slices: Slices
) -> BroadcastStatus:
    """The figures of this moment; memory stays flat. `lost` is read just before (reporting/unaccounted.py)."""
    states: Counter[State] = Counter()
    reasons: Counter[str] = Counter()
    accepted = silent = 0
    for rows in by_person(deliveries.in_full(broadcast.town, broadcast.broadcast_id), lost):
        kinds = [row.kind for row in rows]
        state = state_of(kinds)
        states[state] += 1
        accepted += any(kind is OutcomeKind.ACCEPTED or isinstance(kind, Status) for kind in kinds)
        silent += is_silent(rows, now)
        if state in (State.FAILED, State.REFUSED, State.NOT_SENT):
            reasons.update({row.reason for row in rows if row.reason} or {"unnamed"})
    slice_states = [progress.state for _, progress in slices.all(broadcast.broadcast_id)]
    resting = is_settled(broadcast, slice_states, lost)
    finished = is_finished(broadcast, slice_states)
    left = max(0, broadcast.planned - states.total())
    in_no_row = left if resting else min(left, lost.not_sent)
    figures = DeliveryFigures.from_states(broadcast.planned, states, accepted)
    return BroadcastStatus(
        **asdict(replace(figures, not_sent=figures.not_sent + in_no_row)),
        state="finished" if finished else str(broadcast.state),
        silent=silent,
        waiting=left - in_no_row,
        given_up=lost.slices,
        reasons=dict(reasons),
        finished=finished,
        next_portion_at=broadcast.next_at,
    )


def is_finished(broadcast: Broadcast, slices: Sequence[SliceState]) -> bool:
    """Whether everything went out that was to; the stored state says RUNNING all the while."""
    return broadcast.next_at is None and bool(slices) and all(state is SliceState.DONE for state in slices)


def broadcast_state(broadcast: Broadcast, slices: Slices) -> BroadcastState:
    """The state that is stored, or FINISHED when its slices are all done."""
    begun = slices.all(broadcast.broadcast_id) if broadcast.has_begun else []
    finished = is_finished(broadcast, [progress.state for _, progress in begun])
    return BroadcastState.FINISHED if finished else broadcast.state


def left_behind(broadcast: Broadcast, town: Town, snapshots: Sequence[SliceSnapshot], now: datetime) -> int | None:
    """About how many people of a running newsletter nobody sends to any more; None: somebody does, or it was held.

    Every slice that is not done was given up or parked. The stored state says RUNNING all the while.
    """
    states = [it.progress.state for it in snapshots]
    if broadcast.state is not BroadcastState.RUNNING or all(state is SliceState.DONE for state in states):
        return None
    gone = abandoned_slices(snapshots, broadcast.begun_at, now, over=Newsletter(broadcast, town).over(now))
    if len(gone) + _at_rest(states) < len(states):
        return None
    cut = min(broadcast.planned, sum(it.work_slice.count for it in snapshots))
    return cut - had_their_turn(((it.work_slice, it.progress) for it in snapshots), cut)


def is_settled(broadcast: Broadcast, slices: Sequence[SliceState], lost: Unaccounted) -> bool:
    """Whether nobody is in line any more, unless somebody resumes it: no slice is at work, and no portion will come."""
    over = broadcast.next_at is None or broadcast.state in (BroadcastState.STOPPED, BroadcastState.HALTED)
    return over and bool(slices) and _at_rest(slices) + lost.slices >= len(slices)


def _at_rest(slices: Sequence[SliceState]) -> int:
    return sum(state in (SliceState.DONE, SliceState.PARKED) for state in slices)
