"""Counts of alerts in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.crisis.alert_count import AlertCount


@dataclass
class FakeAlertCounts:
    found: dict[str, AlertCount] = field(default_factory=dict)
    taken_until: dict[str, datetime] = field(default_factory=dict)

    def latest(self, alert_id: str) -> AlertCount | None:
        return self.found.get(alert_id)

    def take(self, alert_id: str, now: datetime, until: datetime) -> bool:
        if alert_id not in self.found or now < self.taken_until.get(alert_id, now):
            return False
        self.taken_until[alert_id] = until
        return True

    def keep(self, alert_id: str, count: AlertCount) -> None:
        self.found[alert_id] = count
        self.taken_until.pop(alert_id, None)
