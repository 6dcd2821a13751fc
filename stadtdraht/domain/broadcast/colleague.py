"""Who of the staff works on a newsletter, and what one says to the other about it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the staff."""

    name: str
    """As the console knows them, or as they named themselves to a command."""
    staff_id: str = ""
    """"": somebody at the command line, whom only their name tells apart."""

    def is_same_as(self, other: "Colleague") -> bool:
        """By id where both have one, since two people may share a name; else by name."""
        if self.staff_id and other.staff_id:
            return self.staff_id == other.staff_id
        return _folded(self.name) == _folded(other.name)


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """A colleague is asked to look at a draft and to release it, as it is now."""

    by: Colleague
    at: datetime
    of: Colleague | None = None
    """None: of anybody who may."""
    starts_at: datetime | None = None
    """When it should go out, as the author proposes; None: at once."""
    repeat: str = ""
    """As in Broadcast."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """Somebody who was to release a draft gave it back to its author."""

    by: Colleague
    why: str
    at: datetime


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
