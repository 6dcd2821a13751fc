"""Calls for replies in memory. `enter` and `accept` stand for what a citizen's transaction stores."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.contests.contest import Call, CallAcceptance, CallEntry, current_of


@dataclass
class FakeCalls:
    found: dict[tuple[str, str], Call] = field(default_factory=dict)
    entered: dict[tuple[str, str], CallEntry] = field(default_factory=dict)
    agreed: dict[tuple[str, str, str], CallAcceptance] = field(default_factory=dict)
    reminded: set[tuple[str, str]] = field(default_factory=set)

    def current(self, town: str, at: datetime) -> Call | None:
        return current_of(self.all(town), at)

    def get(self, town: str, call_id: str) -> Call | None:
        return self.found.get((town, call_id))

    def all(self, town: str) -> Sequence[Call]:
        return sorted((call for call in self.found.values() if call.town == town), key=lambda call: call.id)

    def save(self, before: Call | None, call: Call) -> bool:
        standing = self.get(call.town, call.id)
        if (standing.version if standing else None) != (before.version if before else None):
            return False
        self.found[call.town, call.id] = call
        return True

    def enter(self, entry: CallEntry) -> None:
        self.entered[entry.call_id, entry.wamid] = entry

    def accept(self, acceptance: CallAcceptance) -> None:
        self.agreed[acceptance.town, acceptance.call_id, acceptance.citizen_id] = acceptance

    def entries(self, town: str, call_id: str) -> Sequence[CallEntry]:
        mine = [it for it in self.entered.values() if (it.town, it.call_id, it.late) == (town, call_id, False)]
        return sorted(mine, key=lambda entry: (entry.at, entry.entry_id))

    def entries_of(self, town: str, call_id: str, citizen_id: str) -> Sequence[CallEntry]:
        return [entry for entry in self.entries(town, call_id) if entry.citizen_id == citizen_id]

    def late(self, town: str, call_id: str) -> int:
        return sum((it.town, it.call_id, it.late) == (town, call_id, True) for it in self.entered.values())

    def withdraw(self, entry: CallEntry) -> None:
        self.entered.pop((entry.call_id, entry.wamid), None)

    def acceptances(self, town: str, call_id: str) -> Sequence[CallAcceptance]:
        return [it for it in self.agreed.values() if (it.town, it.call_id) == (town, call_id)]

    def accepted(self, town: str, call_id: str, citizen_id: str) -> CallAcceptance | None:
        return self.agreed.get((town, call_id, citizen_id))

    def mark_reminded(self, call: Call, citizen_id: str) -> bool:
        if (call.id, citizen_id) in self.reminded:
            return False
        self.reminded.add((call.id, citizen_id))
        return True


@dataclass
class FakeCallReminders:
    set_for: dict[str, datetime] = field(default_factory=dict)

    def at(self, call: Call, when: datetime) -> None:
        self.set_for[call.id] = when

    def cancel(self, call_id: str) -> None:
        self.set_for.pop(call_id, None)
