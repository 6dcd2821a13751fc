"""An alert's unknown outcomes, looked at again: who shows no sign of life is sent to once more.

A doubled warning beats a missing one, so unknown is resent: each attempt by one owner only, twice at the most, and
never after the alert has ended. The next look goes into the queue before the sends it is about, so that a crash at any
point leaves one behind.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.delivery.delivery import (
    DeliveryKey,
    Outcome,
    OutcomeKind,
    SendOutcome,
    State,
    Status,
    outcome_of,
    state_of,
)
from stadtdraht.domain.delivery.pace import NEWSLETTERS_YIELD_S
from stadtdraht.domain.delivery.slices import looks_at
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.delivery.protocol import Clock, send_one

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import Alerts, RecheckQueue
    from stadtdraht.ports.delivery import Controls, Deliveries
    from stadtdraht.ports.towns import Towns
    from stadtdraht.ports.whatsapp import AccountSnapshots, GraphApi

SECOND_LOOK_S = 60
UNKNOWN_TRIES = 3  # the first and two more; what was certainly not sent does not count
SHARE_BESIDE_ALERT = 0.05  # of the number's rate, while the alert itself takes 0.95
SHARE_AFTERWARDS = 0.5
ON_ITS_WAY_S = 1.0  # a request of the last person
PACED_S = 35.0  # of sends in one look; with a request that hangs for 12 s it stays below the function's 60 s


@dataclass(frozen=True, slots=True)
class ResendPorts:
    """What a look at unknown outcomes reads and writes."""

    alerts: Alerts
    towns: Towns
    snapshots: AccountSnapshots
    audience: Audience
    deliveries: Deliveries
    controls: Controls
    recheck: RecheckQueue
    graph: GraphApi


@dataclass(frozen=True, slots=True)
class ResendResult:
    """How many people of one look ended where."""

    accepted: int = 0
    """Meta took the message now."""
    settled: int = 0
    """They answered or left, the alert is over, or another owner has them."""
    open: int = 0
    """They are looked at again."""


async def resend_unknown(
    town_id: str, cause: str, citizen_ids: Sequence[str], attempt: int, ports: ResendPorts, clock: Clock
) -> ResendResult:
    """Looks at deliveries whose attempt number `attempt` was unknown. Raises UnknownTown."""
    alert = ports.alerts.get(cause)
    if alert is None or alert.over(clock.now()):
        return ResendResult(settled=len(citizen_ids))
    town, recheck = ports.towns.get(town_id), ports.recheck
    control = await ports.controls.read(town_id, town.number.phone_number_id)
    unclear = _unclear(attempt, await ports.deliveries.rows_of(town_id, cause, citizen_ids))
    people = [person for person in await ports.audience.some(town_id, Offer.CRISIS, unclear) if person.left_at is None]
    if not people or cause in control.stopped:
        return ResendResult(settled=len(citizen_ids))
    ids = [person.citizen_id for person in people]
    held = control.crisis_at(clock.now())
    pause_s = 1 / (control.rate_mps * (SHARE_BESIDE_ALERT if held else SHARE_AFTERWARDS))
    now_at_most = max(1, int(PACED_S / pause_s))
    if later := ids[now_at_most:]:
        recheck.put(town_id, cause, later, attempt, delay_s=1)
    people, following = people[:now_at_most], attempt + 1
    yields_s = 0.0 if held else NEWSLETTERS_YIELD_S
    until = clock.now() + timedelta(seconds=yields_s + len(people) * pause_s + ON_ITS_WAY_S)
    await ports.controls.lease_for_crisis(town_id, town.number.phone_number_id, looks_at(cause), until)
    await clock.wait(yields_s)
    recheck.put(town_id, cause, ids[:now_at_most], following, SECOND_LOOK_S)
    to_send = AlertToSend(alert, town, ports.snapshots.get(town_id), ports.audience, clock.now)

    def post(body: Mapping[str, Any]) -> Awaitable[SendOutcome]:
        return ports.graph.send(town_id, town.number.phone_number_id, body)

    async def may_go_on() -> bool:
        await clock.wait(pause_s)
        return not alert.over(clock.now())

    sends: list[tuple[DeliveryKey, asyncio.Task[tuple[SendOutcome, str]]]] = []
    results = []
    try:
        for person in people:
            key = DeliveryKey(cause, person.citizen_id, following)
            mark = Outcome(key, OutcomeKind.UNKNOWN, clock.now(), reason="resending")
            if not alert.over(clock.now()) and await ports.deliveries.mark_unknown(town_id, [mark]):
                sends.append((key, asyncio.create_task(send_one(to_send, person, following, post, may_go_on))))
                await clock.wait(pause_s)
    finally:  # a mark that the table does not take costs nobody else a try: its person is found when this comes again
        for key, task in sends:
            sent, route = await task
            results.append(outcome_of(sent, key, clock.now(), route))
        await ports.deliveries.record(town_id, results)
    kinds = [outcome.kind for outcome in results]
    still_open = kinds.count(OutcomeKind.UNKNOWN) + kinds.count(OutcomeKind.NOT_SENT) + len(later)
    return ResendResult(kinds.count(OutcomeKind.ACCEPTED), len(citizen_ids) - len(sends) - len(later), still_open)


def _unclear(attempt: int, rows: Sequence[tuple[str, int, OutcomeKind | Status, str]]) -> list[str]:
    """People without a sign of life whose newest attempt is this one; a newer one has a look of its own."""
    kinds: defaultdict[str, list[OutcomeKind | Status]] = defaultdict(list)
    newest: defaultdict[str, int] = defaultdict(int)
    for citizen_id, of_attempt, kind, _ in rows:
        kinds[citizen_id].append(kind)
        newest[citizen_id] = max(newest[citizen_id], of_attempt)
    return [
        citizen_id
        for citizen_id, found in kinds.items()
        if state_of(found) is State.UNKNOWN
        and newest[citizen_id] == attempt
        and found.count(OutcomeKind.UNKNOWN) < UNKNOWN_TRIES
    ]
