"""Port Alerts in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stadtdraht.domain.crisis.alert import SAME_ALERT, Alert, AlreadyRaised, Raised, Trigger, TriggerOutcome
from stadtdraht.domain.crisis.links import LOCK, WRONG_PINS_ALLOWED, CrisisLink, Holder, LinkMode
from stadtdraht.domain.delivery.slices import Slice


class FakeAlerts:
    """`slices` and `crisis_until` show what one transaction put down beside the alert."""

    def __init__(self) -> None:
        self.raised: dict[str, Alert] = {}
        self.slices: dict[str, tuple[Slice, ...]] = {}
        self.crisis_until: dict[str, datetime] = {}
        self.stopped: set[str] = set()
        self.begun: set[str] = set()
        self._spent: dict[tuple[str, str], str] = {}
        self._links: dict[tuple[str, str], CrisisLink] = {}
        self._holders: dict[tuple[str, str], Holder] = {}
        self._guesses: dict[tuple[str, str], tuple[frozenset[str], datetime]] = {}

    def raise_once(self, trigger: Trigger) -> TriggerOutcome:
        alert = trigger.alert
        for spent in trigger.spends:
            if (alert.town, spent) in self._spent:
                return AlreadyRaised(self._spent[alert.town, spent])
        before = self.raised.get(alert.follows) if alert.follows else None
        if before and before.followed_by:
            return AlreadyRaised(before.followed_by)
        for other in self.raised.values():
            if other.follows != alert.follows or other.undone_at:
                continue
            same = (other.town, other.mode, other.scenario, other.districts) == (
                alert.town,
                alert.mode,
                alert.scenario,
                alert.districts,
            )
            if same and alert.raised_at <= other.raised_at + SAME_ALERT:
                return AlreadyRaised(other.alert_id)
        self._spent |= {(alert.town, spent): alert.alert_id for spent in trigger.spends}
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

    def save_link(self, link: CrisisLink, holder: Holder | None = None) -> None:
        self._links[link.town, link.link_id] = link
        if holder:
            self._holders[holder.town, holder.name] = holder
            self._guesses.pop((holder.town, holder.name), None)

    def revoke_link(self, town: str, link_id: str) -> bool:
        return self._links.pop((town, link_id), None) is not None

    def link(self, town: str, link_id: str) -> CrisisLink | None:
        return self._links.get((town, link_id))

    def links(self, town: str) -> Sequence[CrisisLink]:
        return sorted((link for (of, _), link in self._links.items() if of == town), key=lambda link: link.link_id)

    def holder(self, town: str, name: str) -> Holder | None:
        return self._holders.get((town, name))

    def may_guess(self, town: str, holder: str, mark: str, now: datetime) -> bool:
        marks, last = self._guesses.get((town, holder), (frozenset(), now))
        if (town, holder) not in self._holders or not (
            len(marks) < WRONG_PINS_ALLOWED or mark in marks or last <= now - LOCK
        ):
            return False
        self._guesses[town, holder] = (marks | {mark}, now)
        return True

    def count_wrong_pin(self, town: str, holder: str, now: datetime) -> Holder:
        before = self._holders[town, holder]
        after = replace(before, wrong_pins=before.wrong_pins + 1, last_wrong_at=now)
        self._holders[town, holder] = after
        return after

    def clear_wrong_pins(self, town: str, holder: str) -> None:
        self._holders[town, holder] = replace(self._holders[town, holder], wrong_pins=0, last_wrong_at=None)
        self._guesses.pop((town, holder), None)
