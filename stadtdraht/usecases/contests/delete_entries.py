"""Entries of a call go, with their photos: one that is taken out, or all of them on the day of deletion."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.contests.contest import Call, CallEntry

if TYPE_CHECKING:
    from stadtdraht.ports.contests import Calls
    from stadtdraht.ports.media import MediaRows, MediaStore


def withdraw_entry(entry: CallEntry, *, calls: Calls, rows: MediaRows, store: MediaStore) -> None:
    """The photo first: after a crash the entry still leads to it. Harmless to repeat."""
    media = rows.load(entry.town, entry.citizen_id, entry.wamid)
    if media is not None and media.keys:
        store.delete(media.keys)
        rows.save(media, replace(media, original="", shown="", thumbnail=""))
    calls.withdraw(entry)


def delete_entries(call: Call, *, calls: Calls, rows: MediaRows, store: MediaStore, held: Collection[str]) -> int:
    """All entries; returns how many. Those of `held` people stay. The yes to the terms has its own day."""
    entries = [entry for entry in calls.entries(call.town, call.id) if entry.citizen_id not in held]
    for entry in entries:
        withdraw_entry(entry, calls=calls, rows=rows, store=store)
    return len(entries)
