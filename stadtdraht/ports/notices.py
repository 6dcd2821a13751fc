"""Ports of what staff are told by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.staff.notices import Told, Undelivered


class Notices(Protocol):
    """What each member of staff was told already."""

    def of_town(self, town: str) -> Mapping[str, Told]:
        """By staff id."""

    def claim(self, town: str, staff_id: str, told: Told, now: datetime) -> Told | None:
        """The right to tell this person something, for a minute or until `put`: what has to be given to `put` then.

        told: as it was read. None when somebody else is about to tell them, or has since.
        """

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None:
        """What they were told; gives the claim back."""


class Reminders(Protocol):
    """Looks that do not wait for the clock."""

    def start(self, town: str) -> None:
        """Has somebody look now whether the town's staff have to be told something. Returns before they have.

        Harmless to repeat.
        """


class UndeliveredAnswers(Protocol):
    """Answers of a town that Meta refused or could not deliver."""

    def since(self, town: str, at: datetime) -> Sequence[Undelivered]:
        """Oldest first; one for each answer."""
