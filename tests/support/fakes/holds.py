"""Holds in memory; which people's rows have lost their ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.privacy.legal_hold import Hold


@dataclass
class FakeHolds:
    found: dict[tuple[str, str, str], Hold] = field(default_factory=dict)
    endless: set[tuple[str, str]] = field(default_factory=set)

    def save(self, hold: Hold) -> None:
        self.found[hold.town, hold.citizen_id, hold.case] = hold

    def all(self, town: str) -> Sequence[Hold]:
        return [hold for (of, _, _), hold in sorted(self.found.items()) if of == town]

    def of(self, town: str, citizen_ids: Sequence[str]) -> Sequence[Hold]:
        return [hold for who in citizen_ids for hold in self.all(town) if hold.citizen_id == who]

    def wish(self, hold: Hold, at: datetime) -> bool:
        standing = self.found.get((hold.town, hold.citizen_id, hold.case))
        if standing:
            self.save(replace(standing, wished_at=at))
        return standing is not None

    def end(self, hold: Hold) -> None:
        self.found.pop((hold.town, hold.citizen_id, hold.case), None)

    def take_ends(self, town: str, citizen_ids: Sequence[str]) -> int:
        wanted = {(town, who) for who in citizen_ids} - self.endless
        self.endless |= wanted
        return len(wanted)

    def give_ends_back(self, town: str, citizen_ids: Sequence[str]) -> int:
        wanted = {(town, who) for who in citizen_ids} & self.endless
        self.endless -= wanted
        return len(wanted)
