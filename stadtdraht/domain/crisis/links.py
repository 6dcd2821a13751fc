"""The link that opens the crisis page, and the person who holds it: both, with a PIN, are what it takes to warn."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WRONG_PINS_ALLOWED = 5  # at one link
LOCK = timedelta(minutes=15)  # how long a link takes no PIN after the last of them; then it begins anew
WRONG_PINS_OF_A_HOLDER = 2 * WRONG_PINS_ALLOWED  # at all their links within LOCK
LEFT_AT_OTHER_LINKS = 2  # after so many, each link still takes this many: guessing at one shuts no other


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
    """How many were typed at any of their links, none of them longer than LOCK after the one before."""
    last_wrong_at: datetime | None = None

    def guesses_at_a_link(self, now: datetime) -> int:
        """How many wrong PINs each link of theirs takes. Never none: guessing at one link shuts no other."""
        lately = self.last_wrong_at is not None and now < self.last_wrong_at + LOCK
        return LEFT_AT_OTHER_LINKS if lately and self.wrong_pins >= WRONG_PINS_OF_A_HOLDER else WRONG_PINS_ALLOWED


@dataclass(frozen=True, slots=True)
class Guesses:
    """What was typed at one link since the last right PIN, or since its last lock ran out."""

    wrong_pins: int = 0
    guessed_at: datetime | None = None

    def left(self, most: int) -> int:
        return max(0, most - self.wrong_pins)

    @property
    def locked_until(self) -> datetime | None:
        """When the link takes PINs again, should it be locked."""
        return self.guessed_at + LOCK if self.guessed_at else None


def typed_pin(text: str) -> str:
    """The digits that somebody meant: without blanks, hyphens and marks nobody sees, whatever keyboard they are of."""
    return "".join(
        str(unicodedata.digit(one, one)) for one in text if unicodedata.category(one)[0] not in "CZ" and one != "-"
    )
