"""How towns stand at Meta, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.whatsapp.account import AccountSnapshot
from stadtdraht.domain.whatsapp.account_events import Notice


@dataclass
class FakeAccountSnapshots:
    found: dict[str, AccountSnapshot] = field(default_factory=dict)
    told: dict[str, set[Notice]] = field(default_factory=dict)

    def get(self, town: str) -> AccountSnapshot | None:
        return self.found.get(town)

    def save(self, town: str, snapshot: AccountSnapshot) -> None:
        self.found[town] = snapshot

    def add_notices(self, town: str, notices: Sequence[Notice]) -> None:
        self.told.setdefault(town, set()).update(notices)

    def notices(self, town: str) -> Sequence[Notice]:
        return list(self.told.get(town, ()))
