"""Ports CrisisLinks and Holders in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.crisis.links import LOCK, CrisisLink, Guesses, Holder


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
    """Holders, and by link what was guessed in their names."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, str], Holder] = {}
        self._marks: dict[tuple[str, str, str], frozenset[str]] = {}
        self._guesses: dict[tuple[str, str, str], Guesses] = {}

    def get(self, town: str, name: str) -> Holder | None:
        return self._holders.get((town, name))

    def save(self, holder: Holder) -> None:
        self._holders[holder.town, holder.name] = holder
        for kept in (self._marks, self._guesses):
            for key in [key for key in kept if key[:2] == (holder.town, holder.name)]:
                del kept[key]

    def may_guess(self, link: CrisisLink, mark: str, most: int, now: datetime) -> bool:
        key, given = _key(link), self.guesses(link)
        marks = self._marks.get(key, frozenset())
        if given.guessed_at is None or given.guessed_at <= now - LOCK:
            marks, given = frozenset(), Guesses()
        if given.wrong_pins >= most or not (len(marks) < most or mark in marks):
            return False
        self._marks[key] = marks | {mark}
        self._guesses[key] = replace(given, guessed_at=now)
        return True

    def guesses(self, link: CrisisLink) -> Guesses:
        return self._guesses.get(_key(link), Guesses())

    def count_wrong_pin(self, link: CrisisLink, now: datetime) -> Guesses:
        given, before = self.guesses(link), self._holders[link.town, link.holder]
        lately = before.last_wrong_at is not None and before.last_wrong_at > now - LOCK
        after = replace(before, wrong_pins=before.wrong_pins + 1 if lately else 1, last_wrong_at=now)
        self._holders[link.town, link.holder] = after
        self._guesses[_key(link)] = replace(given, wrong_pins=given.wrong_pins + 1)
        return self._guesses[_key(link)]

    def clear_wrong_pins(self, link: CrisisLink) -> None:
        before = self._holders[link.town, link.holder]
        self._holders[link.town, link.holder] = replace(before, wrong_pins=0, last_wrong_at=None)
        self._marks.pop(_key(link), None)
        self._guesses.pop(_key(link), None)


def _key(link: CrisisLink) -> tuple[str, str, str]:
    return link.town, link.holder, link.link_id
