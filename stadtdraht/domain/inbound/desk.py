"""What lies on the desk of a member of staff: an answer that is not finished, and who else reads the same."""

from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.retention import LOOKING


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed for one person and not sent."""

    town: str
    citizen_id: str
    staff_id: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of staff who has a conversation open."""

    town: str
    citizen_id: str
    staff_id: str
    name: str
    at: datetime
    """When their page last asked for it."""

    def reads(self, now: datetime) -> bool:
        """Whether they still do. Compared, since DynamoDB deletes late."""
        return now < self.at + LOOKING
