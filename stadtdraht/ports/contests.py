"""Ports of contests: what is open, what came in, who is reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.contests.contest import Call, CallAcceptance, CallEntry


class Calls(Protocol):
    """Calls for replies, and what came in. Entries and acceptances are stored by `Citizens.commit`, with their turn."""

    def current(self, town: str, at: datetime) -> Call | None:
        """The open call, else the one that ended less than LATE_NOTE_FOR ago. Read from a cache of some seconds."""

    def get(self, town: str, call_id: str) -> Call | None: ...
    def all(self, town: str) -> Sequence[Call]:
        """Oldest first."""

    def save(self, before: Call | None, call: Call) -> bool:
        """Stores `call` if `before` still stands (None: if it is new); False when somebody was faster."""

    def entries(self, town: str, call_id: str) -> Sequence[CallEntry]:
        """In order of time."""

    def entries_of(self, town: str, call_id: str, citizen_id: str) -> Sequence[CallEntry]: ...
    def late(self, town: str, call_id: str) -> int:
        """How many came after the deadline; they are counted and are no entries."""

    def withdraw(self, entry: CallEntry) -> None:
        """Takes an entry out; harmless to repeat."""

    def acceptances(self, town: str, call_id: str) -> Sequence[CallAcceptance]: ...
    def accepted(self, town: str, call_id: str, citizen_id: str) -> CallAcceptance | None: ...
    def mark_reminded(self, call: Call, citizen_id: str) -> bool:
        """True once per person and call: whoever gets it may remind."""


class CallReminders(Protocol):
    """Starts the reminder of a call at its hour."""

    def at(self, call: Call, when: datetime) -> None: ...
    def cancel(self, call_id: str) -> None:
        """Harmless when it has fired or there was none."""
