"""Who was in a slice when it was given up: claimed and silent, or never begun. Reads; the rows stay as they are.

A slice that comes back (`dlq redrive`, `broadcast resume`) writes the same down itself, and goes on with the others.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from stadtdraht.domain.delivery.abandoned_slices import SliceSnapshot, abandoned_slices
from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import BLOCK
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.delivery.protocol import Cause, is_meant

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.delivery import Deliveries, Slices

READ_AT_ONCE = BLOCK * 25
SENDER_ENDED = "sender ended"


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """People of slices that were given up, who have no row."""

    slices: int = 0
    """How many were given up."""
    unknown: tuple[DeliveryRow, ...] = ()
    """People who were claimed and have no outcome, in order of citizen id, in the form of the rows nobody wrote."""
    not_sent: int = 0
    """People to whom certainly nothing went out."""


def by_person(rows: Iterator[DeliveryRow], lost: Unaccounted) -> Iterator[list[DeliveryRow]]:
    """All rows of each person, with those that the lost ones lack; `rows` come in order of citizen id."""
    merged = heapq.merge(rows, lost.unknown, key=lambda row: row.citizen_id)
    for _, of_one in groupby(merged, key=lambda row: row.citizen_id):
        yield list(of_one)


async def unaccounted_people(
    cause: Newsletter, now: datetime, *, slices: Slices, deliveries: Deliveries, audience: Audience
) -> Unaccounted:
    """Of one newsletter; alerts have no such people, since their unknown are sent to again."""
    broadcast = cause.broadcast
    snapshots = slices.snapshots(broadcast.broadcast_id)
    gone = abandoned_slices(snapshots, broadcast.begun_at, now, over=cause.over(now))
    unknown: dict[str, DeliveryRow] = {}
    not_sent = 0
    for snapshot in gone:
        claimed = await _claimed(snapshot, cause, deliveries, audience)
        at = snapshot.moved_at or now
        unknown |= {who: DeliveryRow(who, 1, OutcomeKind.UNKNOWN, at, SENDER_ENDED) for who in claimed}
        not_sent += len(await _without_outcome(snapshot, snapshot.progress.in_line, deliveries))
        not_sent += await _behind_the_cursor(snapshot, cause, audience)
    return Unaccounted(len(gone), tuple(unknown[who] for who in sorted(unknown)), not_sent)


async def _claimed(snapshot: SliceSnapshot, cause: Cause, deliveries: Deliveries, audience: Audience) -> set[str]:
    """Claimed, without an outcome, and not known to be unsent; as the next owner would find them."""
    work_slice, row = snapshot.work_slice, snapshot.progress
    found = set(await _without_outcome(snapshot, row.retried, deliveries))
    if row.settled != row.cursor:
        known = await deliveries.known(work_slice.town, work_slice.cause, row.settled, row.cursor)
        after = row.settled
        while people := await audience.block(work_slice.town, cause.offer, after, row.cursor, READ_AT_ONCE):
            after = people[-1].citizen_id
            found |= {it.citizen_id for it in people if is_meant(cause, it)} - known - set(row.leftover)
    return found


async def _without_outcome(
    snapshot: SliceSnapshot, citizen_ids: Sequence[str], deliveries: Deliveries
) -> Sequence[str]:
    if not citizen_ids:
        return ()
    rows = await deliveries.rows_of(snapshot.work_slice.town, snapshot.work_slice.cause, citizen_ids)
    known = {who for who, _, kind, _ in rows if isinstance(kind, OutcomeKind)}
    return [one for one in citizen_ids if one not in known]


async def _behind_the_cursor(snapshot: SliceSnapshot, cause: Cause, audience: Audience) -> int:
    work_slice, after, count = snapshot.work_slice, snapshot.progress.cursor, 0
    while people := await audience.block(work_slice.town, cause.offer, after, work_slice.upto, READ_AT_ONCE):
        after = people[-1].citizen_id
        count += sum(is_meant(cause, person) for person in people)
    return count
