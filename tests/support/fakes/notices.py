"""What staff were told, and what did not arrive, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.staff.notices import Told, Undelivered


@dataclass
class FakeNotices:
    found: dict[str, dict[str, Told]] = field(default_factory=dict)

    def of_town(self, town: str) -> Mapping[str, Told]:
        return dict(self.found.get(town, {}))

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None:
        self.found.setdefault(town, {})[staff_id] = told


@dataclass
class FakeUndelivered:
    found: dict[str, list[Undelivered]] = field(default_factory=dict)

    def since(self, town: str, at: datetime) -> Sequence[Undelivered]:
        return [it for it in self.found.get(town, ()) if it.at >= at]
