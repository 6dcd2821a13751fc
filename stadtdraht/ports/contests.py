"""Ports of contests: what is open, what came in, who is reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry


class Contests(Protocol):
    """Contests and what came in. Entries and acceptances are stored by `Citizens.commit`, with their turn."""

    def current(self, town: str, at: datetime) -> Contest | None:
        """The open contest, else the one that ended less than LATE_NOTE_FOR ago. Read from a cache of some seconds."""

    def get(self, town: str, contest_id: str) -> Contest | None: ...
    def all(self, town: str) -> Sequence[Contest]:
        """Oldest first."""

    def save(self, before: Contest | None, contest: Contest) -> bool:
        """Stores `contest` if `before` still stands (None: if it is new); False when somebody was faster."""

    def entries(self, town: str, contest_id: str) -> Sequence[ContestEntry]:
        """In order of time."""

    def entries_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]: ...
    def set_aside_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        """What a person sent after the deadline, or took back."""

    def late(self, town: str, contest_id: str) -> int:
        """How many came after the deadline; they are counted and are no entries."""

    def withdraw(self, entry: ContestEntry) -> None:
        """For staff: takes an entry out, row and all; harmless to repeat."""

    def acceptances(self, town: str, contest_id: str) -> Sequence[ContestAcceptance]: ...
    def accepted(self, town: str, contest_id: str, citizen_id: str) -> ContestAcceptance | None: ...
    def mark_reminded(self, contest: Contest, citizen_id: str) -> bool:
        """True once per person and contest: whoever gets it may remind."""


class ContestReminders(Protocol):
    """Starts the reminder of a contest at its hour."""

    def at(self, contest: Contest, when: datetime) -> None: ...
    def cancel(self, contest_id: str) -> None:
        """Harmless when it has fired or there was none."""
