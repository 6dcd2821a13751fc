"""What a webhook brings, before anyone has understood it: one row per update, each with a key of its own."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

UNROUTED = "#UNROUTED"  # updates for a number that no town has


class UpdateKind(StrEnum):
    """How an update is treated. The first three are followed up; the others are kept, counted and shown."""

    MESSAGE = "message"
    PREFERENCE = "preference"
    NAMES = "names"
    """Both names of somebody whom we wrote to under one: a status said so."""
    EVENT = "event"
    UNPARSED = "unparsed"


InboxPlace = tuple[str, str, UpdateKind, str]
"""Where an update lies: town, shard, kind and key."""

NOT_ACTED_ON = (UpdateKind.EVENT, UpdateKind.UNPARSED)


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """One update of an envelope. The row is a function of the update alone, so that storing it twice changes
    nothing.
    """

    town: str
    """Id, or UNROUTED."""
    kind: UpdateKind
    shard: str
    """One hex digit, the same for all updates of one person."""
    key: str
    """Natural key, unique in its town: of a message the digest of its wamid, which holds the sender's number."""
    raw: str
    """JSON of the update with its contact and metadata."""
    at: datetime
    expires_at_s: int


_PARTS = ("message", "contact", "preference", "names", "system")
_NAMES = ("from", "from_user_id", "user_id", "previous_user_id", "wa_id")


def names_in(raw: str) -> frozenset[str]:
    """The numbers and BSUIDs of whoever sent this update, or whom it is about; not those that they wrote of."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(_names(update)) if isinstance(update, Mapping) else frozenset()


def _names(part: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(part[name]) for name in _NAMES if part.get(name))
    for inner in (part.get(name) for name in _PARTS):
        if isinstance(inner, Mapping):
            yield from _names(inner)


def names_anywhere(raw: str, names: Collection[str]) -> bool:
    """Whether one of these stands anywhere in what nobody could read."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", raw) for name in names if name in raw)
