"""The audit and the command line's figures in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from stadtdraht.domain.privacy.audit import AuditEntry


@dataclass
class FakeAudit:
    kept: list[AuditEntry] = field(default_factory=list)

    def record(self, entry: AuditEntry) -> None:
        self.kept.append(entry)

    def entries(self, town: str) -> Sequence[AuditEntry]:
        return sorted((it for it in self.kept if it.town == town), key=lambda it: it.at)

    def of_staff(self, town: str, limit: int, before: datetime | None = None) -> Sequence[AuditEntry]:
        newest = (it for it in reversed(self.entries(town)) if it.act.is_of_staff and (not before or it.at < before))
        return list(islice(newest, limit))


@dataclass
class FakeFigures:
    counted: list[str] = field(default_factory=list)
    is_reached: bool = True

    def count(self, name: str) -> bool:
        self.counted += [name] * self.is_reached
        return self.is_reached
