"""Signs of life of a town's line to WhatsApp, and when their absence says that the line is broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

QUIET_AT_LEAST = timedelta(hours=6)
STATUSES_WITHIN = timedelta(minutes=2)  # Meta sends one within seconds; what is kept of either is a minute old at most


class Sign(StrEnum):
    """What was seen last."""

    HEARD = "heard"
    """A webhook of Meta's about this town, whatever it said."""
    STATUS = "status"
    """One that said what became of a message."""
    ACCEPTED = "accepted"
    """Meta took a message of a newsletter or an alert. Answers do not count: one status may get lost."""


@dataclass(frozen=True, slots=True)
class LineSigns:
    """When each was seen last, to a minute; None: never."""

    heard: datetime | None = None
    status: datetime | None = None
    accepted: datetime | None = None

    def lack_statuses(self) -> bool:
        """Whether Meta took messages, and tells nothing of what became of them."""
        if self.accepted is None:
            return False
        return self.status is None or self.accepted - self.status > STATUSES_WITHIN

    def silent_for(self, now: datetime) -> timedelta:
        """Since when there was no webhook; nothing, where there never was one: that is for `doctor` to find."""
        return now - self.heard if self.heard else timedelta()


def is_unheard(silent: timedelta, usual: timedelta | None) -> bool:
    """Whether the line has been silent for twice as long as it ever was lately."""
    return usual is not None and silent > max(2 * usual, QUIET_AT_LEAST)
