"""Rows with an end, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.retention import TimedRow


@dataclass
class FakeRetention:
    rows: dict[tuple[str, str], TimedRow] = field(default_factory=dict)
    sweeps: dict[str, list[tuple[datetime, Mapping[str, int]]]] = field(default_factory=dict)

    def timed(self, town: str) -> Iterator[TimedRow]:
        yield from [row for (pk, _), row in sorted(self.rows.items()) if pk.startswith(f"{town}#")]

    def delete(self, rows: Sequence[TimedRow]) -> Sequence[TimedRow]:
        due = [row for row in rows if (standing := self.rows.get(row.key)) and standing.ends_at <= row.ends_at]
        for row in due:
            del self.rows[row.key]
        return due

    def note(self, town: str, at: datetime, deleted: Mapping[str, int]) -> None:
        self.sweeps.setdefault(town, []).append((at, dict(deleted)))

    def noted(self, town: str) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        return self.sweeps.get(town, [])
