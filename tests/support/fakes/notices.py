"""What staff were told, and what did not arrive, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stadtdraht.domain.staff.notices import Told, Undelivered


@dataclass
class FakeNotices:
    found: dict[str, dict[str, Told]] = field(default_factory=dict)
    claims: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """Until when somebody may tell this person."""

    def of_town(self, town: str) -> Mapping[str, Told]:
        return dict(self.found.get(town, {}))

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None:
        self.claims.pop((town, staff_id), None)
        self.found.setdefault(town, {})[staff_id] = replace(told, version=told.version + 1)

    def claim(self, town: str, staff_id: str, told: Told, now: datetime) -> Told | None:
        stands, until = self.found.get(town, {}).get(staff_id, Told()), self.claims.get((town, staff_id))
        if stands.version != told.version or (until and until >= now):
            return None
        claimed = replace(told, version=told.version + 1)
        self.claims[town, staff_id] = now + timedelta(minutes=1)
        self.found.setdefault(town, {})[staff_id] = claimed
        return claimed


@dataclass
class FakeReminders:
    started: list[str] = field(default_factory=list)

    def start(self, town: str) -> None:
        self.started.append(town)


@dataclass
class FakeUndelivered:
    found: dict[str, list[Undelivered]] = field(default_factory=dict)

    def since(self, town: str, at: datetime) -> Sequence[Undelivered]:
        return [it for it in self.found.get(town, ()) if it.at >= at]
