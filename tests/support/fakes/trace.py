"""Ports Logs and Trail in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain import correlation as correlations
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.inbound.inbox import InboxUpdate
from stadtdraht.domain.operations.trace import LogLine, TracedAnswer


@dataclass
class FakeLogs:
    written: list[LogLine] = field(default_factory=list)

    def lines(self, words: Sequence[str], since: datetime, until: datetime) -> Sequence[LogLine]:
        return [
            line
            for line in self.written
            if since <= line.at <= until and any(word in str(it) for word in words for it in line.fields.values())
        ]


@dataclass
class FakeTrail:
    updates: list[InboxUpdate] = field(default_factory=list)
    written: dict[str, list[TracedAnswer]] = field(default_factory=dict)
    """By citizen id."""
    rows: dict[tuple[str, str], list[DeliveryRow]] = field(default_factory=dict)
    """By cause and citizen id."""

    def update(self, town: str, key: str) -> InboxUpdate | None:
        return next((it for it in self.updates if (it.town, it.key) == (town, key)), None)

    def correlated(self, town: str, correlation: str) -> InboxUpdate | None:
        of_town = (it for it in self.updates if it.town == town)
        return next((it for it in of_town if correlations.of_update(it.key) == correlation), None)

    def answers(self, town: str, citizen_id: str) -> Sequence[TracedAnswer]:
        return self.written.get(citizen_id, [])

    def delivery(self, town: str, cause: str, citizen_id: str) -> Sequence[DeliveryRow]:
        return self.rows.get((cause, citizen_id), [])
