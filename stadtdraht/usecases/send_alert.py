"""An alert as the delivery loop needs it; the loop itself is the newsletters' (usecases/send_slice.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.slices import Slice, SliceState
from stadtdraht.domain.town import Offer, Town
from stadtdraht.ports import Alerts, Towns
from stadtdraht.usecases.alert_message import alert_message
from stadtdraht.usecases.follow_alert import AddressedAudience, chain_of, quiet
from stadtdraht.usecases.send_slice import Ended, Sent, send_slice
from stadtdraht.usecases.sending import CRISIS, Clock, Senders


class UnknownAlert(StadtdrahtError):
    """A slice names an alert that was never raised: its message ends in the dead-letter queue."""

    def __init__(self, alert_id: str) -> None:
        super().__init__(f"there is no alert {alert_id}")


@dataclass(frozen=True, slots=True)
class AlertToSend:
    """Goes to everyone with the crisis consent in its districts."""

    alert: Alert
    town: Town

    @property
    def offer(self) -> Offer:
        return Offer.CRISIS

    @property
    def released_at(self) -> datetime:
        return self.alert.raised_at

    def reaches(self, recipient: Recipient) -> bool:
        return self.alert.reaches(recipient)

    def over(self, now: datetime) -> bool:
        return self.alert.over(now)

    def body(self, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
        return alert_message(self.alert, self.town, recipient, attempt)


async def send_alert(piece: Slice, *, alerts: Alerts, towns: Towns, senders: Senders, clock: Clock) -> Sent:
    """Sends one lane of an alert. Raises UnknownAlert, UnknownTown, NoCrisisTemplate, SliceStillRunning."""
    alert = alerts.get(piece.cause)
    if alert is None:
        raise UnknownAlert(piece.cause)
    town, since_s = towns.get(piece.town), clock.monotonic_s()
    alert = await _once_nobody_can_undo_it(alert, piece, alerts, senders, clock)
    if alert.follows and not alert.undone_at:
        senders = await _after_the_one_before(alert, alerts, senders, clock)
    sent = await send_slice(piece, AlertToSend(alert, town), CRISIS, senders, clock, since_s=since_s)
    if sent.ended in (Ended.DONE, Ended.PARKED, Ended.NOTHING):
        await _give_the_number_back(piece, senders, clock)
    return sent


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
