"""Figures of days, and what was written on them, in memory."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime

from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.figures.traffic import FirstAnswer, Heard


@dataclass
class FakeFigureDays:
    kept: dict[tuple[str, date], DayFigures] = field(default_factory=dict)

    def save(self, town: str, figures: DayFigures) -> None:
        self.kept[town, figures.day] = figures

    def between(self, town: str, first: date, last: date) -> Sequence[DayFigures]:
        return [it for (of, day), it in sorted(self.kept.items()) if of == town and first <= day <= last]

    def latest(self, town: str) -> date | None:
        return max((day for of, day in self.kept if of == town), default=None)


@dataclass
class FakeDayTraffic:
    messages: dict[tuple[str, str], list[Heard]] = field(default_factory=dict)
    first_answers: dict[tuple[str, str], list[FirstAnswer]] = field(default_factory=dict)

    def says(self, town: str, citizen_id: str, at: datetime, *, is_for_staff: bool = True) -> None:
        self.messages.setdefault((town, citizen_id), []).append(Heard(at, is_for_staff))

    def is_answered(self, town: str, citizen_id: str, since: datetime, at: datetime) -> None:
        self.first_answers.setdefault((town, citizen_id), []).append(FirstAnswer(at, since))

    def people(self, town: str, since: datetime, now: datetime) -> AbstractSet[str]:
        return {who for (of, who), said in self.messages.items() if of == town and any(it.at >= since for it in said)}

    def heard(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[Heard]:
        return [it for it in self.messages.get((town, citizen_id), []) if begins <= it.at < ends]

    def answers(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[FirstAnswer]:
        return [it for it in self.first_answers.get((town, citizen_id), []) if begins <= it.at < ends]

    def is_known_before(self, town: str, citizen_id: str, at: datetime) -> bool:
        return any(it.at < at for it in self.messages.get((town, citizen_id), []))
