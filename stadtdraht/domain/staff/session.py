"""How long somebody stays signed in. The row is the session; the cookie only names it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=10)
SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)  # a row is not written with every click


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on one device. key: digest of what the cookie holds, which is stored nowhere."""

    key: str
    staff_id: str
    email: str
    csrf: str
    """Stands in every form of this session, so that no other site can post one."""
    since: datetime
    seen: datetime
    device: str = ""
    """As its person knows it (device.py); "" where the browser did not say."""

    def is_over(self, now: datetime) -> bool:
        return now - self.seen >= IDLE or now - self.since >= LONGEST

    def ends_at(self) -> datetime:
        """When it ends whatever happens."""
        return self.since + LONGEST

    def touched(self, now: datetime) -> Self | None:
        """As it stands after a request of the person's own; None where that need not be written yet."""
        return replace(self, seen=now) if now - self.seen >= SEEN_AGAIN_AFTER else None
