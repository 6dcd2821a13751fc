"""Ports of the people who work in the console: who they are, what they may do, and what reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.staff.member import Member
    from stadtdraht.domain.staff.session import Session


class Sessions(Protocol):
    """Who is signed in, on which device."""

    def get(self, key: str) -> Session | None: ...
    def put(self, session: Session) -> None: ...
    def end(self, key: str) -> None:
        """Signs one device out at once."""

    def end_all(self, staff_id: str, now: datetime) -> None:
        """Signs every device of the person out at once."""


class Staff(Protocol):
    """What each person may do, by town."""

    def towns_of(self, staff_id: str) -> Sequence[str]:
        """Ids of the towns in which the person has a role."""

    def get(self, town: str, staff_id: str) -> Member | None: ...
    def of_town(self, town: str) -> Sequence[Member]:
        """Everybody of the town, by name."""

    def put(self, member: Member) -> None: ...
    def remove(self, town: str, staff_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent to staff: never a citizen's name or words, since mail leaves the system."""

    to: str
    subject: str
    text: str


class Mails(Protocol):
    """Mail to staff and departments."""

    def send(self, mail: Mail) -> None: ...
