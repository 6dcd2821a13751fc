"""Sending what follows an alert: after the alert before it has stopped, and to those it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import Alert, AlertKind
from stadtdraht.domain.crisis.follow_up_audience import BY_ROWS, is_addressed
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.delivery.protocol import Clock

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries, Slices

STOPS_WITHIN_S = 6  # a live sender sees the stop within a second; longer would eat into the time to send
LOOKS_EVERY_S = 0.5
LONGEST_CHAIN = 20  # updates of one event; farther back nobody looks


@dataclass(frozen=True, slots=True)
class ClaimedRange:
    """Citizen ids above `after` and up to `upto` that a sender claimed and then fell silent about."""

    after: str
    upto: str

    def covers(self, citizen_id: str) -> bool:
        return self.after < citizen_id <= self.upto


def chain_of(alert: Alert, alerts: Alerts) -> tuple[Alert, ...]:
    """The alerts that this one follows, the nearest first."""
    chain: list[Alert] = []
    follows = alert.follows
    while follows and len(chain) < LONGEST_CHAIN and (earlier := alerts.get(follows)):
        chain.append(earlier)
        follows = earlier.follows
    return tuple(chain)


async def wait_until_stopped(before: Alert, slices: Slices, clock: Clock) -> tuple[ClaimedRange, ...]:
    """Waits until nothing of the alert before goes out any more, so that nobody gets the two in the wrong order.

    Whom a sender had claimed that is dead, or waits for an answer, is returned: they may have got it, and have no row.
    """
    until_s = clock.monotonic_s() + STOPS_WITHIN_S
    while True:
        running = [at for _, at in slices.all(before.alert_id) if at.state is SliceState.RUNNING]
        if not running or clock.monotonic_s() >= until_s:
            return tuple(ClaimedRange(at.settled, at.cursor) for at in running if at.settled < at.cursor)
        await clock.wait(LOOKS_EVERY_S)


@dataclass(frozen=True, slots=True)
class AddressedAudience:
    """The port Audience, narrowed to those whom a follow-up is for; blocks stay in order of citizen id."""

    audience: Audience
    deliveries: Deliveries
    alert: Alert
    before: tuple[Alert, ...]
    claimed: tuple[ClaimedRange, ...] = ()

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        return self.audience.scan(town, offer)

    def open_windows(self, town: str, at: datetime) -> AbstractSet[str]:
        return self.audience.open_windows(town, at)

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        return await self.audience.window_is_open(town, citizen_id, at)

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        while people := await self.audience.block(town, offer, after, upto, limit):
            if meant := await self._addressed(town, people):
                return meant
            after = people[-1].citizen_id
        return []

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        return await self.audience.some(town, offer, citizen_ids)

    async def _addressed(self, town: str, people: Sequence[Recipient]) -> Sequence[Recipient]:
        if self.alert.kind not in BY_ROWS:
            return people
        rows: defaultdict[str, list[OutcomeKind | Status]] = defaultdict(list)
        ids = [person.citizen_id for person in people]
        for earlier in self.before:
            for citizen_id, _, kind, _ in await self.deliveries.rows_of(town, earlier.alert_id, ids):
                rows[citizen_id].append(kind)
        return [person for person in people if self._may_have_it(person.citizen_id, rows[person.citizen_id])]

    def _may_have_it(self, citizen_id: str, rows: Sequence[OutcomeKind | Status]) -> bool:
        return is_addressed(self.alert.kind, rows) or any(it.covers(citizen_id) for it in self.claimed)


def delivery_rows_by_person(
    town: str, alerts: Iterable[Alert], deliveries: Deliveries
) -> Mapping[str, list[OutcomeKind | Status]]:
    """Every delivery row of these alerts, by person."""
    rows: defaultdict[str, list[OutcomeKind | Status]] = defaultdict(list)
    for alert in alerts:
        for citizen_id, _, kind, _ in deliveries.rows(town, alert.alert_id):
            rows[citizen_id].append(kind)
    return rows


def follow_up_recipients(
    kind: AlertKind, alert: Alert, *, alerts: Alerts, audience: Audience, deliveries: Deliveries
) -> Iterator[Recipient]:
    """Whom a follow-up of this alert would go to now."""
    rows = delivery_rows_by_person(alert.town, (alert, *chain_of(alert, alerts)), deliveries)
    for person in audience.scan(alert.town, Offer.CRISIS):
        if person.left_at is None and alert.reaches(person) and is_addressed(kind, rows.get(person.citizen_id, [])):
            yield person
