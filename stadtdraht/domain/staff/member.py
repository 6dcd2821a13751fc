"""A member of staff as one town knows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.staff.roles import Role, Roles


class StaffLanguage(StrEnum):
    """What staff can read the console in."""

    GERMAN = "de"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away; what is theirs goes to the deputy meanwhile."""

    since: datetime
    until: datetime
    deputy_id: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One person's place in one town. `staff_id` is the subject that Cognito gives and never changes."""

    staff_id: str
    town: str
    name: str
    email: str
    roles: Roles = frozenset()
    since: datetime | None = None
    absence: Absence | None = None
    mails: bool = True
    """Whether they want the digest of who waits."""
    signs: bool = False
    """Whether citizens read their name below what they answer."""
    keys: bool = True
    """Whether single keys of the keyboard move them through lists."""
    language: StaffLanguage | None = None
    """What they chose to read in; None for whoever never chose."""
    last_sign_in: datetime | None = None
    has_app: bool = False
    """Whether an app that makes codes is connected: their second factor."""

    @property
    def signs_as(self) -> str:
        """Their name as citizens read it; "" where the town alone signs."""
        return self.name if self.signs else ""

    def may(self, allowed: Roles) -> bool:
        """Whether one of their roles is among these."""
        return bool(self.roles & allowed)

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    def is_away(self, now: datetime) -> bool:
        return self.absence is not None and self.absence.since <= now < self.absence.until


def stands_in_for(staff_id: str, members: Iterable[Member], now: datetime) -> list[Member]:
    """Those who are away, and whose deputy this person is."""
    return [it for it in members if it.is_away(now) and it.absence and it.absence.deputy_id == staff_id]
