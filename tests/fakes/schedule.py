"""Schedules in memory."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class FakeSchedule:
    """(broadcast, portion) -> when; an hour that has come is taken out by the test that lets it come."""

    hours: dict[tuple[str, int], datetime] = field(default_factory=dict)

    def at(self, broadcast_id: str, town: str, when: datetime, portion: int = 0) -> None:
        self.hours.setdefault((broadcast_id, portion), when)

    def cancel(self, broadcast_id: str) -> None:
        self.hours.pop((broadcast_id, 0), None)
