"""Consultations in memory. `mark` stands for what a citizen's transaction stores."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stadtdraht.domain.consultations.consultation import Consultation, OpenConsultation, QueueMark, ahead_of
from stadtdraht.domain.inbound.consultation_rules import marks_of
from stadtdraht.domain.inbound.turn import Turn


@dataclass
class FakeConsultations:
    found: dict[tuple[str, str], Consultation] = field(default_factory=dict)
    left: dict[tuple[str, str], list[QueueMark]] = field(default_factory=dict)

    def open_at(self, town: str, at: datetime) -> OpenConsultation | None:
        held = next((it for it in self.all(town) if it.is_open(at)), None)
        return OpenConsultation(held, ahead_of(self.marks(town, held.id))) if held else None

    def get(self, town: str, consultation_id: str) -> Consultation | None:
        return self.found.get((town, consultation_id))

    def all(self, town: str) -> Sequence[Consultation]:
        return [it for (of, _), it in sorted(self.found.items(), reverse=True) if of == town]

    def near(self, town: str, at: datetime) -> Sequence[Consultation]:
        first, last = (f"{at + timedelta(days=days):%Y%m%d}" for days in (-7, 1))
        return [it for it in self.all(town) if first <= it.id[: len(last)] <= last]

    def save(self, before: Consultation | None, after: Consultation) -> bool:
        standing = self.get(after.town, after.id)
        if (standing and standing.version) != (before and before.version):
            return False
        self.found[after.town, after.id] = after
        return True

    def marks(self, town: str, consultation_id: str) -> Sequence[QueueMark]:
        return sorted(self.left.get((town, consultation_id), ()), key=lambda it: it.at)

    def mark(self, turn: Turn) -> None:
        for consultation_id, mark in marks_of(turn):
            self.left.setdefault((turn.after.town, consultation_id), []).append(mark)
