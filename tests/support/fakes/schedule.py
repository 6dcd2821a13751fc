"""Schedules in memory."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass
class FakeSchedule:
    """(broadcast, portion) -> when; an hour that has come is taken out by the test that lets it come.

    weeks: broadcast -> (first, zone).
    """

    hours: dict[tuple[str, int], datetime] = field(default_factory=dict)
    weeks: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    reports: dict[str, list[datetime]] = field(default_factory=dict)

    def at(self, broadcast_id: str, town: str, when: datetime, portion: int = 0) -> None:
        self.hours.setdefault((broadcast_id, portion), when)

    def weekly(self, broadcast_id: str, town: str, first: datetime, zone: ZoneInfo) -> None:
        self.weeks[broadcast_id] = (first, zone.key)

    def report(self, broadcast_id: str, town: str, when: datetime) -> None:
        self.reports.setdefault(broadcast_id, []).append(when)

    def cancel(self, broadcast_id: str) -> None:
        self.hours.pop((broadcast_id, 0), None)
        self.weeks.pop(broadcast_id, None)
