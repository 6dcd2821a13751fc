"""Contests for replies in memory. `enter` and `accept` stand for what a citizen's transaction stores."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry, current_of


@dataclass
class FakeContests:
    found: dict[tuple[str, str], Contest] = field(default_factory=dict)
    entered: dict[tuple[str, str], ContestEntry] = field(default_factory=dict)
    agreed: dict[tuple[str, str, str], ContestAcceptance] = field(default_factory=dict)
    reminded: set[tuple[str, str]] = field(default_factory=set)

    def current(self, town: str, at: datetime) -> Contest | None:
        return current_of(self.all(town), at)

    def get(self, town: str, contest_id: str) -> Contest | None:
        return self.found.get((town, contest_id))

    def all(self, town: str) -> Sequence[Contest]:
        return sorted(
            (contest for contest in self.found.values() if contest.town == town), key=lambda contest: contest.id
        )

    def save(self, before: Contest | None, contest: Contest) -> bool:
        standing = self.get(contest.town, contest.id)
        if (standing.version if standing else None) != (before.version if before else None):
            return False
        self.found[contest.town, contest.id] = contest
        return True

    def enter(self, entry: ContestEntry) -> None:
        self.entered[entry.contest_id, entry.wamid] = entry

    def accept(self, acceptance: ContestAcceptance) -> None:
        self.agreed[acceptance.town, acceptance.contest_id, acceptance.citizen_id] = acceptance

    def entries(self, town: str, contest_id: str) -> Sequence[ContestEntry]:
        mine = [it for it in self.entered.values() if (it.town, it.contest_id) == (town, contest_id)]
        mine = [it for it in mine if not it.late and not it.withdrawn]
        return sorted(mine, key=lambda entry: (entry.at, entry.entry_id))

    def entries_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        return [entry for entry in self.entries(town, contest_id) if entry.citizen_id == citizen_id]

    def set_aside_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        mine = (town, contest_id, citizen_id)
        found = [it for it in self.entered.values() if (it.town, it.contest_id, it.citizen_id) == mine]
        return [it for it in found if it.late or it.withdrawn]

    def late(self, town: str, contest_id: str) -> int:
        return sum((it.town, it.contest_id, it.late) == (town, contest_id, True) for it in self.entered.values())

    def withdraw(self, entry: ContestEntry) -> None:
        self.entered.pop((entry.contest_id, entry.wamid), None)

    def acceptances(self, town: str, contest_id: str) -> Sequence[ContestAcceptance]:
        return [it for it in self.agreed.values() if (it.town, it.contest_id) == (town, contest_id)]

    def accepted(self, town: str, contest_id: str, citizen_id: str) -> ContestAcceptance | None:
        return self.agreed.get((town, contest_id, citizen_id))

    def mark_reminded(self, contest: Contest, citizen_id: str) -> bool:
        if (contest.id, citizen_id) in self.reminded:
            return False
        self.reminded.add((contest.id, citizen_id))
        return True


@dataclass
class FakeContestReminders:
    set_for: dict[str, datetime] = field(default_factory=dict)

    def at(self, contest: Contest, when: datetime) -> None:
        self.set_for[contest.id] = when

    def cancel(self, contest_id: str) -> None:
        self.set_for.pop(contest_id, None)
