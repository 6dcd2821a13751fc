"""Rows of older shapes in memory."""

from dataclasses import dataclass, field

from stadtdraht.ports.migration import Migration, OlderRow, Renewal, RowsPage


@dataclass
class FakeStoredRows:
    """One page of rows, and what comes of each by its key."""

    older: list[OlderRow] = field(default_factory=list)
    unreadable: frozenset[str] = frozenset()
    kept: Migration | None = None
    shapes: str = "profile 2"

    def page(self, after: str) -> RowsPage:
        return RowsPage(len(self.older), tuple(self.older), "")

    def renew(self, row: OlderRow) -> Renewal:
        if row.key in self.unreadable:
            return Renewal.UNREADABLE
        self.older.remove(row)
        return Renewal.RENEWED

    def migration(self) -> Migration | None:
        return self.kept

    def keep(self, migration: Migration) -> None:
        self.kept = migration
