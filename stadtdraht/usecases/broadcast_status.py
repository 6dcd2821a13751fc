"""Where a broadcast stands, counted from its rows and from nothing else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from stadtdraht.domain.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.delivery import OutcomeKind, State, Status, state_of
from stadtdraht.domain.slices import SliceState
from stadtdraht.ports import Deliveries, Slices

Row = tuple[str, int, OutcomeKind | Status, str]


@dataclass(frozen=True, slots=True)
class BroadcastStatus:
    """People by how far their message came; accepted, sent, delivered and read each include the later ones.

    accepted: Meta took it, whatever became of it. failed: refused at once, or reported as failed later. unknown: sent
    without a clear answer, and no status yet. not_sent: certainly nothing went out, and nothing will unless it is
    resumed. waiting: still in line. reasons: of failed and not_sent, by Meta's code or ours. next_portion_at: when
    those in line of a newsletter over several days go on.
    """

    state: str
    planned: int
    accepted: int
    sent: int
    delivered: int
    read: int
    failed: int
    unknown: int
    not_sent: int
    waiting: int
    reasons: dict[str, int]
    finished: bool
    next_portion_at: datetime | None = None


def broadcast_status(broadcast: Broadcast, *, deliveries: Deliveries, slices: Slices) -> BroadcastStatus:
    """The figures of this moment; memory stays flat."""
    states: Counter[State] = Counter()
    reasons: Counter[str] = Counter()
    accepted = 0
    for rows in _by_person(deliveries.rows(broadcast.town, broadcast.broadcast_id)):
        kinds = [kind for _, _, kind, _ in rows]
        state = state_of(kinds)
        states[state] += 1
        accepted += any(kind is OutcomeKind.ACCEPTED or isinstance(kind, Status) for kind in kinds)
        if state in (State.FAILED, State.REFUSED, State.NOT_SENT):
            reasons.update({reason for *_, reason in rows if reason} or {"unnamed"})
    known = states.total()
    standing = [progress.state for _, progress in slices.all(broadcast.broadcast_id)]
    resting = rests(broadcast, standing)
    finished = resting and SliceState.PARKED not in standing and broadcast.next_at is None
    left = max(0, broadcast.planned - known)
    return BroadcastStatus(
        state="finished" if finished else str(broadcast.state),
        planned=broadcast.planned,
        accepted=accepted,
        sent=sum(states[state] for state in (State.SENT, State.DELIVERED, State.READ)),
        delivered=states[State.DELIVERED] + states[State.READ],
        read=states[State.READ],
        failed=states[State.FAILED] + states[State.REFUSED],
        unknown=states[State.UNKNOWN],
        not_sent=states[State.NOT_SENT] + (left if resting else 0),
        waiting=0 if resting else left,
        reasons=dict(reasons),
        finished=finished,
        next_portion_at=broadcast.next_at,
    )


def rests(broadcast: Broadcast, slices: Sequence[SliceState]) -> bool:
    """Whether nobody is in line any more, unless somebody resumes it: no slice is at work, and no portion will come."""
    over = broadcast.next_at is None or broadcast.state in (BroadcastState.STOPPED, BroadcastState.HALTED)
    return over and bool(slices) and all(state in (SliceState.DONE, SliceState.PARKED) for state in slices)


def _by_person(rows: Iterator[Row]) -> Iterator[list[Row]]:
    for _, of_one in groupby(rows, key=lambda row: row[0]):
        yield list(of_one)
