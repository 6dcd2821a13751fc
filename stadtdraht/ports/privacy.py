"""Ports of what people may ask of their data, and of what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.citizen import WireIdentity
    from stadtdraht.domain.privacy.audit import AuditEntry
    from stadtdraht.domain.privacy.legal_hold import Hold
    from stadtdraht.domain.privacy.privacy import DataRequest, ErasureProof
    from stadtdraht.domain.retention import KeptRow


class ErasureQueue(Protocol):
    """People to erase; putting one twice is harmless."""

    def put(self, town: str, citizen_id: str, requested_at: datetime) -> None: ...


class Erasures(Protocol):
    """What stays of people who were erased: marks and proofs that name nobody."""

    def mark(self, town: str, names: Collection[str], at: datetime) -> None:
        """So that neither an import nor anything that Meta brings late makes a person of these numbers and BSUIDs."""

    def is_marked(self, town: str, identity: WireIdentity) -> bool: ...
    def erased_at(self, town: str, identity: WireIdentity) -> datetime | None:
        """When somebody of either name was last erased."""

    def prove(self, proof: ErasureProof) -> None:
        """Over what the same erasure proved before."""

    def proofs(self, town: str) -> Sequence[ErasureProof]:
        """Oldest first."""


class Audit(Protocol):
    """Who saw what lists do not show."""

    def record(self, entry: AuditEntry) -> None:
        """Durable when it returns."""

    def entries(self, town: str) -> Sequence[AuditEntry]:
        """Oldest first."""

    def of_staff(self, town: str, limit: int, before: datetime | None = None) -> Sequence[AuditEntry]:
        """The last ones about people of the town hall themselves, newest first."""


class Figures(Protocol):
    """What the command line counts, beside what functions count in their logs."""

    def count(self, name: str) -> bool:
        """Whether it was counted; a figure that is missing stops nobody."""


class Holds(Protocol):
    """What is kept for a procedure, and which rows therefore have no end."""

    def save(self, hold: Hold) -> None: ...
    def all(self, town: str) -> Sequence[Hold]: ...
    def of(self, town: str, citizen_ids: Sequence[str]) -> Sequence[Hold]: ...
    def wish(self, hold: Hold, at: datetime) -> bool:
        """The person asked to be erased; False when the hold is over."""

    def end(self, hold: Hold) -> None:
        """Harmless to repeat."""

    def take_ends(self, town: str, citizen_ids: Sequence[str]) -> int:
        """Every row of these people that has an end loses it and remembers it; returns how many. Harmless to repeat."""

    def give_ends_back(self, town: str, citizen_ids: Sequence[str]) -> int:
        """The reverse of `take_ends`."""


class Retention(Protocol):
    """What is stored and when it ends, for whoever has to show that it does."""

    def kept(self, town: str) -> Iterator[KeptRow]:
        """Every row of the town; memory stays flat. Reads the whole table."""

    def delete(self, rows: Sequence[KeptRow]) -> Sequence[KeptRow]:
        """Returns those it took; one that has got a later end since it was read stays."""

    def note(self, town: str, at: datetime, deleted: Mapping[str, int]) -> None:
        """Keeps that a sweep took so many rows, or files, of each kind."""

    def noted(self, town: str) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Sweeps, oldest first."""


class DataLinks(Protocol):
    """Short-lived links to a person's own data."""

    def make(self, town: str, citizen_id: str, now: datetime) -> str: ...
    def read(self, token: str, now: datetime) -> DataRequest:
        """Raises LinkNotValid."""
