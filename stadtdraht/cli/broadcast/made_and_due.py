"""Who wrote a newsletter, who released it, and when it goes out: what every list and status of newsletters says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.texts.staff.moments import NONE, moment

MADE_AND_DUE = words.MADE


def made_and_due(broadcast: Broadcast) -> dict[str, str | None]:
    """For programs; None: it has no hour, nobody released it."""
    return {
        "starts_at": broadcast.starts_at.isoformat() if broadcast.starts_at else None,
        "repeat": broadcast.repeat or None,
        "created_by": broadcast.created_by or None,
        "released_by": broadcast.released_by or None,
    }


def made_and_due_words(value: Mapping[str, Any], town: Town) -> tuple[str, str, str]:
    """For people, under MADE_AND_DUE: what `made_and_due` says, by the clock of the town."""
    hour = moment(datetime.fromisoformat(value["starts_at"]) if value["starts_at"] else None, town)
    weekly = words.WEEKLY if value["repeat"] else ""
    return hour + weekly, value["created_by"] or NONE, value["released_by"] or NONE
