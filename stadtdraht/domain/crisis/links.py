"""The link that opens the crisis page, and the person who holds it: both, with a PIN, are what it takes to warn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WRONG_PINS_ALLOWED = 5
LOCK = timedelta(minutes=15)  # how long a holder is shut out after the last of them


class LinkMode(StrEnum):
    """LIVE warns people. DRILL walks the whole path, but no wire leads from it to WhatsApp."""

    LIVE = "live"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class CrisisLink:
    """What a signed link says. It is signed as a whole."""

    link_id: str
    """What revoking names; it is no secret."""
    town: str
    holder: str
    """Name of the Holder whom it was made for, by role: „Leitstelle“."""
    mode: LinkMode
    not_before: datetime
    expires_at: datetime
    key_id: str
    """The key that signed it; without that key it is over."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of a town who may raise alerts, with any of their links and one PIN."""

    town: str
    name: str
    pin_hash: str
    """argon2id."""
    wrong_pins: int = 0
    """How many were typed since the last right one."""
    last_wrong_at: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether too many wrong PINs shut this holder out for a while; other holders are not affected."""
        return (
            self.wrong_pins >= WRONG_PINS_ALLOWED and self.last_wrong_at is not None and now < self.last_wrong_at + LOCK
        )
