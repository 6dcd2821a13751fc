"""What the rows say of a newsletter or an alert to one person: cause, slice and cursor, outcome, statuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.delivery.delivery import DeliveryKey, OutcomeKind, Status
from stadtdraht.domain.delivery.slices import RETRIED, Progress, Slice
from stadtdraht.domain.delivery.trace import Gap, Source, Step
from stadtdraht.domain.identifiers import BROADCAST, kind_of, town_of

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Slices
    from stadtdraht.ports.trace import Trail

Found = Iterator[Step | Gap]


def delivery_steps(key: DeliveryKey, alerts: Alerts, broadcasts: Broadcasts, slices: Slices, trail: Trail) -> Found:
    """In the order of the protocol (docs/decisions/0003)."""
    is_newsletter = kind_of(key.cause) == BROADCAST
    command = "broadcast" if is_newsletter else "crisis"
    known = _cause(key.cause, alerts, broadcasts)
    if known is None:
        yield Gap(f"there is no {key.cause}", f"`stadtdraht {command} list --town {town_of(key.cause)}`")
        return
    yield known
    rows = trail.delivery(town_of(key.cause), key.cause, key.citizen_id)
    outcomes = [row for row in rows if isinstance(row.kind, OutcomeKind)]
    mine = [(it, at) for it, at in slices.all(key.cause) if it.after < key.citizen_id <= it.upto]
    for work_slice, progress in mine:
        yield from _slice(work_slice, progress, key.citizen_id, has_outcome=bool(outcomes))
    if not mine:
        yield Gap("no slice holds this person", f"it was not planned yet; `stadtdraht {command} status {key.cause}`")
    for row in rows:
        facts: dict[str, Any] = {"attempt": row.attempt, **({"reason": row.reason} if row.reason else {})}
        if row.route:
            facts["route"] = row.route
        where = "outcome" if isinstance(row.kind, OutcomeKind) else "status"
        yield Step(row.at, Source.ROW, where, str(row.kind), {"cause": key.cause, **facts})
    yield from _missing(key.cause, command, {row.kind for row in rows})


def _cause(cause: str, alerts: Alerts, broadcasts: Broadcasts) -> Step | None:
    """None where there is no such one."""
    if broadcast := broadcasts.get(cause) if kind_of(cause) == BROADCAST else None:
        at = broadcast.released_at or broadcast.created_at
        return Step(at, Source.ROW, "newsletter", f"released, now {broadcast.state}", {"cause": cause})
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
        yield Gap("certainly not sent yet, and still in line", "it is tried again by itself while its cause holds")
    elif not claimed:
        yield Gap("its turn has not come", "the slice waits or is being sent; parked: `stadtdraht broadcast resume`")
    elif not settled and not has_outcome:
        yield Gap("claimed, and nothing written down", "it is being sent; after a crash the next owner says *unknown*")


def _missing(cause: str, command: str, kinds: set[OutcomeKind | Status]) -> Found:
    if OutcomeKind.ACCEPTED in kinds and not kinds & set(Status):
        yield Gap(
            "accepted, and no status",
            "Meta has reported nothing: do webhooks come at all (`stadtdraht doctor`)? Rows are kept for 90 days",
        )
    if kinds == {OutcomeKind.UNKNOWN}:
        yield Gap("its outcome stays unclear", f"`stadtdraht {command} status {cause}`; a newsletter never goes twice")
    if OutcomeKind.REFUSED in kinds or Status.FAILED in kinds:
        yield Gap("Meta refused it", "`reason` is its code: docs/operations/runbooks.md, “Meta refuses”")
