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

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None: ...


class UndeliveredAnswers(Protocol):
    """Answers of a town that Meta refused or could not deliver."""

    def since(self, town: str, at: datetime) -> Sequence[Undelivered]:
        """Oldest first; one for each answer."""
