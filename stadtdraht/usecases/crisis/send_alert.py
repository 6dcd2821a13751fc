"""Sends one lane of an alert; the loop itself is the newsletters' (usecases/delivery/send_slice.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.delivery.slices import Slice, SliceState
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.crisis.follow_alert import AddressedAudience, chain_of, quiet
from stadtdraht.usecases.delivery.protocol import CRISIS, Clock, Ended, Senders, Sent
from stadtdraht.usecases.delivery.send_slice import send_slice

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.towns import Towns
    from stadtdraht.ports.whatsapp import AccountSnapshots


class UnknownAlert(StadtdrahtError):
    """A slice names an alert that was never raised: its message ends in the dead-letter queue."""

    def __init__(self, alert_id: str) -> None:
        super().__init__(f"there is no alert {alert_id}")


async def send_alert(
    piece: Slice, *, alerts: Alerts, towns: Towns, snapshots: AccountSnapshots, senders: Senders, clock: Clock
) -> Sent:
    """Sends one lane of an alert. Raises UnknownAlert, UnknownTown, SliceStillRunning."""
    alert = alerts.get(piece.cause)
    if alert is None:
        raise UnknownAlert(piece.cause)
    town, snapshot, since_s = towns.get(piece.town), snapshots.get(piece.town), clock.monotonic_s()
    alert = await _once_nobody_can_undo_it(alert, piece, alerts, senders, clock)
    if alert.follows and not alert.undone_at:
        senders = await _after_the_one_before(alert, alerts, senders, clock)
    to_send = AlertToSend(alert, town, snapshot, senders.audience, clock.now)
    sent = await send_slice(piece, to_send, CRISIS, senders, clock, since_s=since_s)
    if sent.ended in (Ended.DONE, Ended.PARKED, Ended.NOTHING):
        await _give_the_number_back(piece, senders, clock)
    return replace(sent, halted_by=sent.halted_by or to_send.no_way_left)


async def _once_nobody_can_undo_it(alert: Alert, piece: Slice, alerts: Alerts, senders: Senders, clock: Clock) -> Alert:
    """Waits here, with everything warm, and not in the queue. An undone alert is over: its slices end with nobody."""
    if alert.sends_at is None:
        return alert
    if alert.can_be_undone(clock.now()):
        await clock.wait((alert.sends_at - clock.now()).total_seconds())
    alert = alerts.begin(alert.alert_id, clock.now()) or alert
    if alert.follows and not alert.undone_at:
        senders.controls.stop(piece.town, piece.phone_number_id, alert.follows, stopped=True)
    return alert


async def _give_the_number_back(piece: Slice, senders: Senders, clock: Clock) -> None:
    """The lane that ends last lets newsletters go on at once. After a crash before this, the lease ends by itself."""
    if all(at.state in (SliceState.DONE, SliceState.PARKED) for _, at in senders.slices.all(piece.cause)):
        await senders.controls.give_back(piece.town, piece.phone_number_id, piece.cause, clock.now())


async def _after_the_one_before(alert: Alert, alerts: Alerts, senders: Senders, clock: Clock) -> Senders:
    """The same ports, once the alert before has stopped, with the audience of a follow-up."""
    before = chain_of(alert, alerts)
    claimed = await quiet(before[0], senders.slices, clock) if before else ()
    return replace(senders, audience=AddressedAudience(senders.audience, senders.deliveries, alert, before, claimed))
