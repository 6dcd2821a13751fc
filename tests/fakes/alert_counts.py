"""Counts of alerts in memory."""

from dataclasses import dataclass, field

from stadtdraht.domain.alert_count import AlertCount


@dataclass
class FakeAlertCounts:
    found: dict[str, AlertCount] = field(default_factory=dict)

    def latest(self, alert_id: str) -> AlertCount | None:
        return self.found.get(alert_id)

    def keep(self, alert_id: str, count: AlertCount) -> None:
        self.found[alert_id] = count
