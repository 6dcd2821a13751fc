"""What a webhook brings, before anyone has understood it: one row per update, each with a key of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

UNROUTED = "#UNROUTED"  # updates for a number that no town has


class UpdateKind(StrEnum):
    """How an update is treated. The first three are followed up; the others are kept, counted and shown."""

    MESSAGE = "message"
    PREFERENCE = "preference"
    NAMES = "names"
    """Both names of somebody whom we wrote to under one: a status said so."""
    EVENT = "event"
    UNPARSED = "unparsed"


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
    """Natural key, unique in its town ("wamid.…", "DE.1#marketing_messages#1795400300", "template#…")."""
    raw: str
    """JSON of the update with its contact and metadata."""
    at: datetime
    expires_at_s: int
