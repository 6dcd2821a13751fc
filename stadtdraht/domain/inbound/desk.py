"""What lies on the desk of a member of staff: an answer that is not finished, and who else reads the same."""

from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.retention import LOOKING, SENT_FORM


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed for one person and not sent."""

    town: str
    citizen_id: str
    staff_id: str
    words: str
    at: datetime
    form: str = ""
    """Nonce of the form in which it was typed, where its script keeps it; "" for what somebody keeps by a press."""
    is_sent: bool = False
    """Whether that form went out, and this stands in the draft's place."""

    def comes_late(self, stored: "Draft") -> bool:
        """Whether it was typed in a form that went out meanwhile. Who goes back to one and writes on has it kept again
        after a minute.
        """
        return bool(self.form) and stored.is_sent and stored.form == self.form and self.at < stored.at + SENT_FORM


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
