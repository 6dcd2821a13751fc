"""Ports of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from stadtdraht.domain.cases.case import Case, CaseEvent, OpenCase


class Cases(Protocol):
    """Reports that a town works on. A case is stored by `Citizens.commit`, with its turn."""

    def get(self, town: str, number: str) -> Case | None: ...
    def next_number(self, town: str, year: int) -> str:
        """A number that nobody else gets; one that is not used leaves a gap."""

    def open(self, town: str) -> Sequence[OpenCase]:
        """Those that are not over, oldest first."""

    def lately(self, town: str, since: datetime) -> Sequence[OpenCase]:
        """Those that are not over, and those that ended since, oldest first; a duplicate ends without being shown."""

    def of_year(self, town: str, year: int, *, after: str = "", limit: int | None = None) -> Iterator[Case]:
        """Cases of that year's numbers, newest first: those after that number, at most so many."""

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        """Newest first."""

    def events(self, town: str, number: str) -> Sequence[CaseEvent]:
        """What staff did to it, in order of time."""
