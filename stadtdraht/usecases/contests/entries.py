"""How a call goes: entries by day, people, and what came too late. Counted from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.contests.contest import Call
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.contests import Calls


@dataclass(frozen=True, slots=True)
class CallReport:
    """`by_day`: days in the town's zone, oldest first. accepted: people who agreed to the terms, entries or not."""

    entries: int
    people: int
    accepted: int
    late: int
    by_day: Mapping[str, int]


def call_report(call: Call, town: Town, *, calls: Calls) -> CallReport:
    entries = calls.entries(call.town, call.id)
    days = Counter(f"{entry.at.astimezone(town.zone):%Y-%m-%d}" for entry in entries)
    return CallReport(
        entries=len(entries),
        people=len({entry.citizen_id for entry in entries}),
        accepted=len(calls.acceptances(call.town, call.id)),
        late=calls.late(call.town, call.id),
        by_day=dict(sorted(days.items())),
    )
