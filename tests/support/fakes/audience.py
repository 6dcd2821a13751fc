"""An audience in memory."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Offer


@dataclass
class FakeAudience:
    people: dict[str, Recipient] = field(default_factory=dict)
    windows: dict[str, datetime] = field(default_factory=dict)  # until when

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        yield from (self.people[one] for one in sorted(self.people))

    def open_windows(self, town: str, at: datetime) -> AbstractSet[str]:
        return {one for one, until in self.windows.items() if at < until}

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        return citizen_id in self.open_windows(town, at)

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        return [self.people[one] for one in sorted(self.people) if after < one <= upto][:limit]

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        return [self.people[one] for one in citizen_ids if one in self.people]
