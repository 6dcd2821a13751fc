"""Clicks in memory."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class FakeClicks:
    found: dict[str, Counter[int]] = field(default_factory=dict)

    def count(self, broadcast_id: str, item: int) -> None:
        self.found.setdefault(broadcast_id, Counter())[item] += 1

    def of(self, broadcast_id: str) -> Mapping[int, int]:
        return self.found.get(broadcast_id, Counter())
