"""Ports CrisisLinks and Holders in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.crisis.links import LOCK, WRONG_PINS_ALLOWED, CrisisLink, Holder


@dataclass
class FakeCrisisLinks:
    found: dict[tuple[str, str], CrisisLink] = field(default_factory=dict)

    def save(self, link: CrisisLink) -> None:
        self.found[link.town, link.link_id] = link

    def revoke(self, town: str, link_id: str) -> bool:
        return self.found.pop((town, link_id), None) is not None

    def get(self, town: str, link_id: str) -> CrisisLink | None:
        return self.found.get((town, link_id))

    def all(self, town: str) -> Sequence[CrisisLink]:
        return sorted((link for link in self.found.values() if link.town == town), key=lambda link: link.link_id)


class FakeHolders:
    """Holders, and the marks of what was guessed in their names."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, str], Holder] = {}
        self._guesses: dict[tuple[str, str], tuple[frozenset[str], datetime]] = {}

    def get(self, town: str, name: str) -> Holder | None:
        return self._holders.get((town, name))

    def save(self, holder: Holder) -> None:
        self._holders[holder.town, holder.name] = holder
        self._guesses.pop((holder.town, holder.name), None)

    def may_guess(self, town: str, holder: str, mark: str, now: datetime) -> bool:
        marks, last = self._guesses.get((town, holder), (frozenset(), now))
        if (town, holder) not in self._holders or not (
            len(marks) < WRONG_PINS_ALLOWED or mark in marks or last <= now - LOCK
        ):
            return False
        self._guesses[town, holder] = (marks | {mark}, now)
        return True

    def count_wrong_pin(self, town: str, holder: str, now: datetime) -> Holder:
        before = self._holders[town, holder]
        after = replace(before, wrong_pins=before.wrong_pins + 1, last_wrong_at=now)
        self._holders[town, holder] = after
        return after

    def clear_wrong_pins(self, town: str, holder: str) -> None:
        self._holders[town, holder] = replace(self._holders[town, holder], wrong_pins=0, last_wrong_at=None)
        self._guesses.pop((town, holder), None)
