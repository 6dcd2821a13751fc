"""Entries of a contest: how many there are, day by day, and how they are deleted with their photos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stadtdraht.domain.contests.contest import Contest, ContestEntry
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.media import MediaRows, MediaStore


@dataclass(frozen=True, slots=True)
class ContestReport:
    """How a contest goes, counted from rows."""

    entries: int
    people: int
    accepted: int
    """People who agreed to the terms, with entries or without."""
    late: int
    by_day: Mapping[str, int]
    """Entries of each day in the town's zone, oldest first."""


def contest_report(contest: Contest, town: Town, *, contests: Contests) -> ContestReport:
    entries = contests.entries(contest.town, contest.id)
    days = Counter(f"{entry.at.astimezone(town.zone):%Y-%m-%d}" for entry in entries)
    return ContestReport(
        entries=len(entries),
        people=len({entry.citizen_id for entry in entries}),
        accepted=len(contests.acceptances(contest.town, contest.id)),
        late=contests.late(contest.town, contest.id),
        by_day=dict(sorted(days.items())),
    )


def withdraw_entry(entry: ContestEntry, *, contests: Contests, rows: MediaRows, store: MediaStore) -> None:
    """The photo first: after a crash the entry still leads to it. Harmless to repeat."""
    media = rows.load(entry.town, entry.citizen_id, entry.wamid)
    if media is not None and media.keys:
        store.delete(media.keys)
        rows.save(media, replace(media, original="", shown="", thumbnail=""))
    contests.withdraw(entry)


def delete_entries(
    contest: Contest, *, contests: Contests, rows: MediaRows, store: MediaStore, held: Collection[str]
) -> int:
    """All entries; returns how many. Those of `held` people stay. The yes to the terms has its own day."""
    entries = [entry for entry in contests.entries(contest.town, contest.id) if entry.citizen_id not in held]
    for entry in entries:
        withdraw_entry(entry, contests=contests, rows=rows, store=store)
    return len(entries)
