"""How towns stand at Meta, in memory."""

from dataclasses import dataclass, field

from stadtdraht.domain.standing import TownStanding


@dataclass
class FakeStandings:
    found: dict[str, TownStanding] = field(default_factory=dict)

    def get(self, town: str) -> TownStanding | None:
        return self.found.get(town)

    def save(self, town: str, standing: TownStanding) -> None:
        self.found[town] = standing
