"""How towns stand at Meta, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.whatsapp.account_events import Notice
from stadtdraht.domain.whatsapp.template_drift import TownStanding


@dataclass
class FakeStandings:
    found: dict[str, TownStanding] = field(default_factory=dict)
    told: dict[str, set[Notice]] = field(default_factory=dict)

    def get(self, town: str) -> TownStanding | None:
        return self.found.get(town)

    def save(self, town: str, standing: TownStanding) -> None:
        self.found[town] = standing

    def tell(self, town: str, notices: Sequence[Notice]) -> None:
        self.told.setdefault(town, set()).update(notices)

    def notices(self, town: str) -> Sequence[Notice]:
        return list(self.told.get(town, ()))
