"""What the rows say of a newsletter or an alert to one person: cause, slice and cursor, outcome, statuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.delivery.delivery import DeliveryKey, OutcomeKind, Status
from stadtdraht.domain.delivery.slices import RETRIED, Progress, Slice
from stadtdraht.domain.identifiers import BROADCAST, kind_of, town_of
from stadtdraht.domain.operations.trace import Gap, Missing, Source, Step

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Slices
    from stadtdraht.ports.operations import Trail

Found = Iterator[Step | Gap]


def delivery_steps(key: DeliveryKey, alerts: Alerts, broadcasts: Broadcasts, slices: Slices, trail: Trail) -> Found:
    """In the order of the protocol (docs/decisions/0003)."""
    about = {"cause": key.cause}
    known = _cause(key.cause, alerts, broadcasts)
    if known is None:
        yield Gap(Missing.CAUSE, about)
        return
    yield known
    rows = trail.delivery(town_of(key.cause), key.cause, key.citizen_id)
    outcomes = [row for row in rows if isinstance(row.kind, OutcomeKind)]
    mine = [(it, at) for it, at in slices.all(key.cause) if it.after < key.citizen_id <= it.upto]
    for work_slice, progress in mine:
        yield from _slice(work_slice, progress, key.citizen_id, has_outcome=bool(outcomes))
    if not mine:
        yield Gap(Missing.SLICE, about)
    for row in rows:
        facts: dict[str, Any] = {"attempt": row.attempt, **({"reason": row.reason} if row.reason else {})}
        if row.route:
            facts["route"] = row.route
        where = "outcome" if isinstance(row.kind, OutcomeKind) else "status"
        yield Step(row.at, Source.ROW, where, str(row.kind), {"cause": key.cause, **facts})
    yield from _missing(about, {row.kind for row in rows})


def _cause(cause: str, alerts: Alerts, broadcasts: Broadcasts) -> Step | None:
    """None where there is no such one."""
    if broadcast := broadcasts.get(cause) if kind_of(cause) == BROADCAST else None:
        at = broadcast.released_at or broadcast.created_at
        return Step(at, Source.ROW, "newsletter", "released", {"cause": cause, "state": str(broadcast.state)})
    if alert := alerts.get(cause):
        what = "raised, and undone" if alert.undone_at else "raised"
        return Step(alert.raised_at, Source.ROW, "alert", what, {"cause": cause})
    return None


def _slice(work_slice: Slice, progress: Progress, citizen_id: str, *, has_outcome: bool) -> Found:
    which = {"lane": work_slice.lane, "seq": work_slice.seq, "state": str(progress.state)}
    claimed, settled = progress.cursor >= citizen_id, progress.settled >= citizen_id
    in_line = citizen_id in {one.removeprefix(RETRIED) for one in progress.leftover}
    where = "before the cursor" if claimed else "behind the cursor"
    halted = {"halted_by": progress.halted_by} if progress.halted_by else {}
    yield Step(None, Source.ROW, "slice", f"its person stands {where}", {**which, "claimed": claimed, **halted})
    if in_line:
        yield Gap(Missing.IN_LINE)
    elif not claimed:
        yield Gap(Missing.TURN, {"cause": work_slice.cause})
    elif not settled and not has_outcome:
        yield Gap(Missing.OUTCOME)


def _missing(about: Mapping[str, str], kinds: set[OutcomeKind | Status]) -> Found:
    if OutcomeKind.ACCEPTED in kinds and not kinds & set(Status):
        yield Gap(Missing.DELIVERY_STATUS, about)
    if kinds == {OutcomeKind.UNKNOWN}:
        yield Gap(Missing.UNCLEAR, about)
    if OutcomeKind.REFUSED in kinds or Status.FAILED in kinds:
        yield Gap(Missing.DELIVERY_REFUSED, about)
