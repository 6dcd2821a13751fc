"""Evidence folders in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.crisis.evidence import EvidenceEntry, next_entry


@dataclass
class FakeEvidence:
    """`broken`: the table cannot be reached."""

    folders: dict[tuple[str, str], list[EvidenceEntry]] = field(default_factory=dict)
    broken: bool = False

    def append(self, town: str, folder: str, what: str, at: datetime, facts: Mapping[str, str]) -> EvidenceEntry:
        if self.broken:
            raise ConnectionError("the table does not answer")
        stored = self.folders.setdefault((town, folder), [])
        entry = next_entry(town, folder, stored[-1] if stored else None, what, at, facts)
        stored.append(entry)
        return entry

    def entries(self, town: str, folder: str) -> Sequence[EvidenceEntry]:
        return list(self.folders.get((town, folder), ()))
