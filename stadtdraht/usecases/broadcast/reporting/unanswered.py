"""Who stays unknown: sent to without a clear answer, and no status for 15 minutes. Named, never sent to again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.delivery.delivery import OutcomeKind, State, state_of
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.town import Offer
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted, by_person

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.delivery import Deliveries

SILENT_AFTER = timedelta(minutes=15)  # nearly every status comes within seconds; one that comes later still settles it
ASKED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class UnansweredPerson:
    """Somebody who was sent to, and of whom nobody knows; its fields are the names in JSON."""

    citizen_id: str
    person: str
    """Phone or user id; "": they were erased since."""
    since: datetime
    """The latest unclear try."""
    reason: str
    """Meta's code or ours."""
    why: str
    """The same in German."""


async def unanswered_people(
    broadcast: Broadcast, now: datetime, *, lost: Unaccounted, deliveries: Deliveries, audience: Audience
) -> Sequence[UnansweredPerson]:
    """In order of citizen id."""
    silent = [_unclear(rows) for rows in _silent(broadcast, now, lost, deliveries)]
    identities: dict[str, str] = {}
    for start in range(0, len(silent), ASKED_AT_ONCE):
        ids = [row.citizen_id for row in silent[start : start + ASKED_AT_ONCE]]
        found = await audience.some(broadcast.town, Offer.NEWS, ids)
        identities |= {it.citizen_id: it.identity.phone or it.identity.primary for it in found}
    return [
        UnansweredPerson(row.citizen_id, identities.get(row.citizen_id, ""), row.at, row.reason, why_not(row.reason))
        for row in silent
    ]


def is_silent(rows: Sequence[DeliveryRow], now: datetime) -> bool:
    """Whether these rows, all of one person, leave it open and have done so for long."""
    return state_of([row.kind for row in rows]) is State.UNKNOWN and now - _unclear(rows).at >= SILENT_AFTER


def _silent(
    broadcast: Broadcast, now: datetime, lost: Unaccounted, deliveries: Deliveries
) -> Iterator[list[DeliveryRow]]:
    rows = deliveries.in_full(broadcast.town, broadcast.broadcast_id)
    yield from (of_one for of_one in by_person(rows, lost) if is_silent(of_one, now))


def _unclear(rows: Sequence[DeliveryRow]) -> DeliveryRow:
    return max((row for row in rows if row.kind is OutcomeKind.UNKNOWN), key=lambda row: row.at)
