"""Port Arrivals in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.delivery.pace import Arrival


@dataclass
class FakeArrivals:
    """`noted` grows as webhooks come."""

    noted: list[Arrival] = field(default_factory=list)

    async def since(self, town: str, at: datetime) -> Sequence[Arrival]:
        return [it for it in self.noted if it.at > at]
