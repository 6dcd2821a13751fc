"""Ports of bringing rows to the shapes that this version writes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Migration:
    """One walk through the table. It stands in the table itself, so that it goes on where it was broken off."""

    shapes: str
    """That it brings rows to, such as "newsletter 2, profile 2"."""
    begun_at: datetime
    after: str = ""
    """Where it goes on; "" at the beginning, and at the end."""
    looked_at: int = 0
    """Rows read, of every kind."""
    renewed: Mapping[str, int] = field(default_factory=dict)
    """Rows that took the present shape, by kind."""
    overtaken: int = 0
    """Rows that somebody else wrote in that moment: in the present shape, unless an older version still runs."""
    unreadable: tuple[str, ...] = ()
    """Keys of rows that nobody could read; they stay as they are."""
    done_at: datetime | None = None

    def is_unfinished(self, shapes: str) -> bool:
        """Whether a walk to these shapes goes on with this one."""
        return self.done_at is None and self.shapes == shapes

    def with_renewed(self, kind: str) -> Migration:
        return replace(self, renewed={**self.renewed, kind: self.renewed.get(kind, 0) + 1})


@dataclass(frozen=True, slots=True)
class OlderRow:
    """A row of a shape before the present one."""

    kind: str
    key: str
    stored: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowsPage:
    """What one look at the table found. next: where to look on; "" at the end."""

    looked_at: int
    older: Sequence[OlderRow]
    next: str


class Renewal(StrEnum):
    """What came of a row."""

    RENEWED = "renewed"
    OVERTAKEN = "overtaken"
    UNREADABLE = "unreadable"


class StoredRows(Protocol):
    """Every row of a deployment, of all towns."""

    @property
    def shapes(self) -> str:
        """That rows are brought to."""

    def page(self, after: str) -> RowsPage:
        """Reads on. after: `RowsPage.next`, or "" from the beginning."""

    def renew(self, row: OlderRow) -> Renewal:
        """Writes it in the present shape, unless it is no more what it was. Twice is as good as once."""

    def migration(self) -> Migration | None:
        """The newest walk."""

    def keep(self, migration: Migration) -> None: ...
