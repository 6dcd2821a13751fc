"""Deletes files that no row leads to any more: their message ended before them, or a crash left them behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadtdraht.ports.media import MediaRows, MediaStore
    from stadtdraht.ports.privacy import Retention


GRACE = timedelta(days=1)  # a file is stored before its row says so


def sweep_files(
    town_id: str, now: datetime, *, rows: MediaRows, store: MediaStore, retention: Retention, held: Collection[str]
) -> int:
    """How many it deleted; what it did is put down beside the other sweeps. Harmless to repeat.

    held: ids of people whose files stay for a procedure.
    """
    deleted = 0
    for citizen_id, files in groupby(store.of_town(town_id), key=lambda file: file.citizen_id):
        if citizen_id in held:
            continue
        known = {key for media in rows.of_citizen(town_id, citizen_id) for key in media.keys}
        lost = [file.key for file in files if file.key not in known and file.stored_at + GRACE <= now]
        store.delete(lost)
        deleted += len(lost)
    if deleted:
        retention.note(town_id, now, {"file": deleted})
    return deleted
