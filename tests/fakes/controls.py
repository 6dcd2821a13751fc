"""Control items in memory."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.slices import DEFAULT_RATE_MPS, Control


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

    def pause(self, town: str, phone_number_id: str, *, paused: bool) -> None:
        self.items[town, phone_number_id] = replace(self.items[town, phone_number_id], paused=paused)

    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None:
        self.items[town, phone_number_id] = replace(self.items[town, phone_number_id], rate_mps=rate_mps)

    async def hold_for_crisis(self, town: str, phone_number_id: str, until: datetime) -> None:
        item = self.items[town, phone_number_id]
        later = max(until, item.crisis_until or until)
        self.items[town, phone_number_id] = replace(item, crisis_until=later)
