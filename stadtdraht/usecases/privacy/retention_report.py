"""What a town still holds, by kind, and what is past its time; deletes the latter at once where the office wants it.

DynamoDB deletes by itself within two days. The report is for whoever has to show that it happens.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.retention import PERIODS

if TYPE_CHECKING:
    from stadtdraht.ports.privacy import Retention

DELETED_WITHIN = timedelta(days=2)  # DynamoDB, time to live
AT_ONCE = 500  # rows deleted in one go, so that memory stays flat


@dataclass(frozen=True, slots=True)
class KindRetention:
    """How one kind of rows keeps to its time."""

    kind: str
    days: int | None
    """How long it is kept; None where its end is that of something else."""
    rows: int
    past: int
    """Rows past their end, which DynamoDB has not deleted yet."""
    late: int
    """Rows past their end for longer than DynamoDB may take."""
    endless: int
    """Rows without an end although their kind has one."""
    held: int = 0
    """Rows that a legal hold keeps."""


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """kinds in order of name; deleted: rows that a sweep took, by kind. It names nobody."""

    kinds: tuple[KindRetention, ...]
    deleted: dict[str, int]

    @property
    def well(self) -> bool:
        return not any(kept.late or kept.endless for kept in self.kinds)


def retention_report(town_id: str, now: datetime, *, retention: Retention, sweep: bool = False) -> RetentionReport:
    """Reads every row of the town. A sweep deletes what is past its end and leaves a row that says so."""
    rows: Counter[str] = Counter()
    past: Counter[str] = Counter()
    late: Counter[str] = Counter()
    endless: Counter[str] = Counter()
    held: Counter[str] = Counter()
    deleted: Counter[str] = Counter()
    over = []
    for row in retention.kept(town_id):
        if row.ends_at is None:
            if row.held:
                rows[row.kind] += 1
                held[row.kind] += 1
            elif row.kind in PERIODS:
                rows[row.kind] += 1
                endless[row.kind] += 1
            continue
        rows[row.kind] += 1
        if row.ends_at > now:
            continue
        past[row.kind] += 1
        late[row.kind] += row.ends_at + DELETED_WITHIN <= now
        if sweep:
            over.append(row)
        if len(over) >= AT_ONCE:
            deleted.update(it.kind for it in retention.delete(over))
            over.clear()
    deleted.update(it.kind for it in retention.delete(over))
    if sweep:
        retention.note(town_id, now, deleted)
    kinds = tuple(
        KindRetention(kind, _days(kind), rows[kind], past[kind], late[kind], endless[kind], held[kind])
        for kind in sorted(rows)
    )
    return RetentionReport(kinds, dict(deleted))


def _days(kind: str) -> int | None:
    return PERIODS[kind].days if kind in PERIODS else None
