"""Ports of a town's figures: what a day is counted from, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from stadtdraht.domain.figures.day import DayFigures
    from stadtdraht.domain.figures.traffic import FirstAnswer, Heard


class DayTraffic(Protocol):
    """What was written on a day, for the nightly count: times alone, person by person."""

    def people(self, town: str, since: datetime, now: datetime) -> AbstractSet[str]:
        """Citizen ids of all whose conversation was last heard since then: who wrote on that day is among them."""

    def heard(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[Heard]:
        """Messages with begins <= time < ends, in order."""

    def answers(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[FirstAnswer]:
        """Answers of staff, the first to each wait, with begins <= time < ends, in order."""

    def is_known_before(self, town: str, citizen_id: str, at: datetime) -> bool:
        """Whether anything is kept that they wrote or agreed to before."""


class FigureDays(Protocol):
    """The figures of a town's days."""

    def save(self, town: str, figures: DayFigures) -> None:
        """Over what stood there."""

    def between(self, town: str, first: date, last: date) -> Sequence[DayFigures]:
        """Those there are with first <= day <= last, in order."""

    def latest(self, town: str) -> date | None:
        """The last day that was counted."""
