"""A call for replies: time-boxed, with terms that are accepted before the first entry (a photo contest, say).

It opens and closes by the clock alone: no job has to run for an entry after the deadline to be late.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATE_NOTE_FOR = timedelta(days=14)  # how long after the deadline an entry is taken for a late one
REMINDER_BEFORE = timedelta(hours=24)


class CallForm(StrEnum):
    """What an entry is."""

    PHOTO = "photo"
    TEXT = "text"


class CallPhase(StrEnum):
    """Where a call stands at a moment."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Call:
    """`terms_url` and `terms_version`: what a person accepts. `keyword`: typed to take part ("Biodiversität").

    Times are UTC; a deadline is said and typed in the town's zone. delete_at: when entries are deleted.
    closed_at: set when staff close it before its deadline.
    """

    id: str
    town: str
    title: str
    form: CallForm
    keyword: str
    opens_at: datetime
    closes_at: datetime
    delete_at: datetime
    terms_url: str
    terms_version: str
    entries_per_person: int = 3
    guardian_note: bool = True
    closed_at: datetime | None = None
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """The deadline, or when staff closed it."""
        return min(self.closes_at, self.closed_at or self.closes_at)

    def phase(self, at: datetime) -> CallPhase:
        """An entry counts when it was sent before the deadline, however late it is processed."""
        if at < self.opens_at:
            return CallPhase.PLANNED
        if at < self.ends_at:
            return CallPhase.OPEN
        return CallPhase.LATE if at < self.ends_at + LATE_NOTE_FOR else CallPhase.OVER


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One entry. `entry_id` is opaque, so that a jury that sees it learns nothing about the person.

    text: caption or answer; wamid: the message it came by, which also names its photo.
    """

    call_id: str
    town: str
    entry_id: str
    citizen_id: str
    wamid: str
    at: datetime
    text: str
    terms_version: str
