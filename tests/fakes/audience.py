"""An audience in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Offer


@dataclass
class FakeAudience:
    people: dict[str, Recipient] = field(default_factory=dict)

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        yield from (self.people[one] for one in sorted(self.people))

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        return [self.people[one] for one in sorted(self.people) if after < one <= upto][:limit]

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        return [self.people[one] for one in citizen_ids if one in self.people]
