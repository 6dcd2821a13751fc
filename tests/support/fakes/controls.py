"""Control items in memory."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stadtdraht.domain.delivery.slices import DEFAULT_RATE_MPS, Control

LONG_OVER = timedelta(hours=1)


@dataclass
class FakeControls:
    items: defaultdict[tuple[str, str], Control] = field(
        default_factory=lambda: defaultdict(lambda: Control(DEFAULT_RATE_MPS))
    )

    async def read(self, town: str, phone_number_id: str) -> Control:
        return self.items[town, phone_number_id]

    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None:
        item = self.items[town, phone_number_id]
        self.items[town, phone_number_id] = replace(
            item, stopped=item.stopped | {cause} if stopped else item.stopped - {cause}
        )

    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None:
        self.items[town, phone_number_id] = replace(self.items[town, phone_number_id], rate_mps=rate_mps)

    async def lease_for_crisis(self, town: str, phone_number_id: str, holder: str, until: datetime) -> None:
        item = self.items[town, phone_number_id]
        later = max(until, item.leases.get(holder, until))
        self.items[town, phone_number_id] = replace(item, leases={**item.leases, holder: later})

    async def give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        item = self.items[town, phone_number_id]
        if holder in item.leases:
            left = {it: until for it, until in item.leases.items() if it != holder and until >= now - LONG_OVER}
            self.items[town, phone_number_id] = replace(item, leases=left)
