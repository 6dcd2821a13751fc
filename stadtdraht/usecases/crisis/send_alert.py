"""Sends one lane of an alert; the loop itself is the newsletters' (usecases/delivery/send_slice.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.delivery.slices import Slice, SliceState
from stadtdraht.domain.errors import NotOurs
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.crisis.follow_alert import AddressedAudience, chain_of, wait_until_stopped
from stadtdraht.usecases.delivery.protocol import CRISIS, Clock, EndReason, SenderPorts, SliceResult
from stadtdraht.usecases.delivery.send_slice import send_slice

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.towns import Towns
    from stadtdraht.ports.whatsapp import AccountSnapshots


class UnknownAlert(NotOurs):
    """A slice names an alert that was never raised: its message ends in the dead-letter queue."""

    def __init__(self, alert_id: str) -> None:
        super().__init__(f"there is no alert {alert_id}")


async def send_alert(
    work_slice: Slice, *, alerts: Alerts, towns: Towns, snapshots: AccountSnapshots, senders: SenderPorts, clock: Clock
) -> SliceResult:
    """Sends one lane of an alert. Raises UnknownAlert, UnknownTown, SliceStillRunning."""
    alert = alerts.get(work_slice.cause)
    if alert is None:
        raise UnknownAlert(work_slice.cause)
    town, snapshot, since_s = towns.get(work_slice.town), snapshots.get(work_slice.town), clock.monotonic_s()
    alert = await _wait_out_undo_window(alert, work_slice, alerts, senders, clock)
    if alert.follows and not alert.undone_at:
        senders = await _narrow_to_follow_up_audience(alert, alerts, senders, clock)
    to_send = AlertToSend(alert, town, snapshot, senders.audience, clock.now)
    sent = await send_slice(work_slice, to_send, CRISIS, senders, clock, since_s=since_s)
    if sent.ended in (EndReason.DONE, EndReason.PARKED, EndReason.NOTHING):
        await _give_number_back(work_slice, senders, clock)
    return replace(sent, halted_by=sent.halted_by or to_send.no_route_left)


async def _wait_out_undo_window(
    alert: Alert, work_slice: Slice, alerts: Alerts, senders: SenderPorts, clock: Clock
) -> Alert:
    """Waits here, with everything warm, and not in the queue. An undone alert is over: its slices end with nobody."""
    if alert.sends_at is None:
        return alert
    if alert.can_be_undone(clock.now()):
        await clock.wait((alert.sends_at - clock.now()).total_seconds())
    alert = alerts.begin(alert.alert_id, clock.now()) or alert
    if alert.follows and not alert.undone_at:
        senders.controls.stop(work_slice.town, work_slice.phone_number_id, alert.follows, stopped=True)
    return alert


async def _give_number_back(work_slice: Slice, senders: SenderPorts, clock: Clock) -> None:
    """The lane that ends last lets newsletters go on at once. After a crash before this, the lease ends by itself."""
    if all(at.state in (SliceState.DONE, SliceState.PARKED) for _, at in senders.slices.all(work_slice.cause)):
        await senders.controls.give_back(work_slice.town, work_slice.phone_number_id, work_slice.cause, clock.now())


async def _narrow_to_follow_up_audience(
    alert: Alert, alerts: Alerts, senders: SenderPorts, clock: Clock
) -> SenderPorts:
    """The same ports, once the alert before has stopped, with the audience of a follow-up."""
    before = chain_of(alert, alerts)
    claimed = await wait_until_stopped(before[0], senders.slices, clock) if before else ()
    return replace(senders, audience=AddressedAudience(senders.audience, senders.deliveries, alert, before, claimed))
