"""Port Alerts in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stadtdraht.domain.crisis.alert import (
    SAME_ALERT,
    Alert,
    AlreadyRaised,
    Raised,
    SpentOnOthers,
    Trigger,
    TriggerOutcome,
)
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.slices import Slice


class FakeAlerts:
    """`slices` and `crisis_until` show what one transaction put down beside the alert."""

    def __init__(self) -> None:
        self.raised: dict[str, Alert] = {}
        self.slices: dict[str, tuple[Slice, ...]] = {}
        self.crisis_until: dict[str, datetime] = {}
        self.stopped: set[str] = set()
        self.begun: set[str] = set()
        self._spent: dict[tuple[str, str], tuple[str, str]] = {}

    def raise_once(self, trigger: Trigger) -> TriggerOutcome:
        alert = trigger.alert
        for spent in trigger.spends:
            if (alert.town, spent) in self._spent:
                alert_id, choices = self._spent[alert.town, spent]
                return AlreadyRaised(alert_id) if choices == trigger.choices else SpentOnOthers(alert_id)
        before = self.raised.get(alert.follows) if alert.follows else None
        if before and before.followed_by:
            return AlreadyRaised(before.followed_by)
        for other in self.raised.values():
            same = (other.town, other.sameness) == (alert.town, alert.sameness) and not other.undone_at
            if same and alert.raised_at <= other.raised_at + SAME_ALERT:
                return AlreadyRaised(other.alert_id)
        self._spent |= {(alert.town, spent): (alert.alert_id, trigger.choices) for spent in trigger.spends}
        self.raised[alert.alert_id] = alert
        if before:
            followed = {"followed_by": alert.alert_id, "followed_at": alert.takes_effect_at}
            self.raised[before.alert_id] = replace(before, **followed)
            if alert.sends_at is None:
                self.stopped.add(before.alert_id)
        self.slices[alert.alert_id] = trigger.slices
        if alert.mode is LinkMode.LIVE:
            self.crisis_until[trigger.phone_number_id] = trigger.crisis_until
        return Raised(alert.alert_id)

    def undo(self, alert: Alert, now: datetime) -> bool:
        if alert.alert_id in self.begun or self.raised[alert.alert_id].undone_at:
            return False
        self.raised[alert.alert_id] = replace(self.raised[alert.alert_id], undone_at=now)
        if before := self.raised.get(alert.follows):
            self.raised[before.alert_id] = replace(before, followed_by="", followed_at=None)
        return True

    def begin(self, alert_id: str, now: datetime) -> Alert | None:
        alert = self.raised.get(alert_id)
        if alert and not alert.undone_at:
            self.begun.add(alert_id)
        return alert

    def get(self, alert_id: str) -> Alert | None:
        return self.raised.get(alert_id)

    def recent(self, town: str, mode: LinkMode = LinkMode.LIVE, limit: int = 20) -> Sequence[Alert]:
        found = [alert for alert in self.raised.values() if (alert.town, alert.mode) == (town, mode)]
        return sorted(found, key=lambda alert: (alert.raised_at, alert.alert_id), reverse=True)[:limit]
