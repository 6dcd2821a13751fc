"""Where a broadcast stands, counted from its rows and from nothing else."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from stadtdraht.domain.broadcast import Broadcast
from stadtdraht.domain.delivery import OutcomeKind, State, Status, state_of
from stadtdraht.domain.slices import SliceState
from stadtdraht.ports import Deliveries, Slices

Row = tuple[str, int, OutcomeKind | Status, str]


@dataclass(frozen=True, slots=True)
class BroadcastStatus:
    """People by how far their message came; accepted, sent, delivered and read each include the later ones.

    accepted: Meta took it, whatever became of it. failed: refused at once, or reported as failed later. unknown: sent
    without a clear answer, and no status yet. not_sent: certainly nothing went out, and nothing will unless it is
    resumed. waiting: still in line. reasons: of failed and not_sent, by Meta's code or ours.
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
    resting = bool(standing) and all(state in (SliceState.DONE, SliceState.PARKED) for state in standing)
    finished = resting and SliceState.PARKED not in standing
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
    )


def _by_person(rows: Iterator[Row]) -> Iterator[list[Row]]:
    for _, of_one in groupby(rows, key=lambda row: row[0]):
        yield list(of_one)
