"""Drafts, readers and text blocks in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.inbound.desk import Draft, Reader
from stadtdraht.domain.inbound.text_blocks import TextBlock


@dataclass
class FakeDesk:
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    looks: dict[tuple[str, str, str], Reader] = field(default_factory=dict)

    def save_draft(self, draft: Draft) -> None:
        stored = self.drafts.get((draft.town, draft.citizen_id, draft.staff_id))
        if stored is None or not draft.comes_late(stored):
            self.drafts[draft.town, draft.citizen_id, draft.staff_id] = draft

    def draft(self, town: str, citizen_id: str, staff_id: str) -> Draft | None:
        found = self.drafts.get((town, citizen_id, staff_id))
        return found if found and found.words else None

    def look(self, reader: Reader) -> None:
        self.looks[reader.town, reader.citizen_id, reader.staff_id] = reader

    def readers(self, town: str, now: datetime, citizen_id: str = "") -> Sequence[Reader]:
        return [
            it
            for _, it in sorted(self.looks.items())
            if it.town == town and it.reads(now)
            if citizen_id in ("", it.citizen_id)
        ]


@dataclass
class FakeTextBlocks:
    found: dict[tuple[str, str], TextBlock] = field(default_factory=dict)

    def all(self, town: str) -> Sequence[TextBlock]:
        return [it for (of, _), it in sorted(self.found.items()) if of == town]

    def get(self, town: str, block_id: str) -> TextBlock | None:
        return self.found.get((town, block_id))

    def save(self, block: TextBlock) -> None:
        self.found[block.town, block.id] = block

    def remove(self, town: str, block_id: str, now: datetime) -> None:
        self.found.pop((town, block_id), None)
