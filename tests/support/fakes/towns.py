"""Towns in a dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.errors import NumberTaken, UnknownTown
from stadtdraht.domain.town import Town


@dataclass
class FakeTowns:
    towns: dict[str, Town] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Ids of towns to which the directory leads no more."""

    def get(self, town: str) -> Town:
        if town not in self.towns:
            raise UnknownTown(town)
        return self.towns[town]

    def all(self) -> Sequence[Town]:
        return [self.towns[town] for town in sorted(self.towns)]

    def save(self, town: Town) -> None:
        for other in self.towns.values():
            mine = {town.number.phone_number_id, town.number.waba_id}
            if other.id != town.id and mine & {other.number.phone_number_id, other.number.waba_id}:
                raise NumberTaken(town.number.phone_number_id)
        self.towns[town.id] = town
        self.lost.discard(town.id)

    def is_listed(self, town: Town) -> bool:
        mine = self.towns.get(town.id)
        known = mine and (mine.number.phone_number_id, mine.number.waba_id)
        return known == (town.number.phone_number_id, town.number.waba_id) and town.id not in self.lost
