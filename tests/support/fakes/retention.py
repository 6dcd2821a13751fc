"""Rows and their ends, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.retention import KeptRow


@dataclass
class FakeRetention:
    rows: dict[tuple[str, str], KeptRow] = field(default_factory=dict)
    sweeps: dict[str, list[tuple[datetime, Mapping[str, int]]]] = field(default_factory=dict)

    def kept(self, town: str) -> Iterator[KeptRow]:
        yield from [row for (pk, _), row in sorted(self.rows.items()) if pk.startswith(f"{town}#")]

    def delete(self, rows: Sequence[KeptRow]) -> Sequence[KeptRow]:
        due = [row for row in rows if (standing := self.rows.get(row.key)) and _ends(standing, row)]
        for row in due:
            del self.rows[row.key]
        return due

    def note(self, town: str, at: datetime, deleted: Mapping[str, int]) -> None:
        self.sweeps.setdefault(town, []).append((at, dict(deleted)))

    def noted(self, town: str) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        return self.sweeps.get(town, [])


def _ends(standing: KeptRow, row: KeptRow) -> bool:
    return bool(standing.ends_at and row.ends_at and standing.ends_at <= row.ends_at)
