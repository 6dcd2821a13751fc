"""How far an alert has come, district by district: people counted from delivery rows. Pure; reads nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stadtdraht.domain.delivery.delivery import OutcomeKind, State, is_of_template
from stadtdraht.domain.delivery.outcome import DeliveryFigures, DeliveryRow, Tally, fate_of

ROWS_PER_S = 10_000  # what counting may read, however many people look: about 600 read units a second
KEPT_FROM_ROWS = 2_000  # fewer are counted in less time than keeping them takes


@dataclass(frozen=True, slots=True)
class AlertCount:
    """One count of an alert's people."""

    counted_at: datetime
    rows: int
    """How many rows were read."""
    resent: int
    """People whose first try had no clear outcome."""
    by_district: Mapping[str, DeliveryFigures]
    """By the district's id, "" for people who named none or are gone; empty ones are left out."""
    no_way: int = 0
    """Those among the failed for whom no route was left: Meta refused every template, and their window is closed."""

    @property
    def total(self) -> DeliveryFigures:
        return sum(self.by_district.values(), DeliveryFigures())

    def holds(self, now: datetime) -> bool:
        """Whether it is shown instead of counting again: the more rows it took, the longer."""
        return now < self.counted_at + timedelta(seconds=self.rows / ROWS_PER_S)


@dataclass(slots=True)
class AlertTally:
    """Adds people up."""

    tally: Tally = field(default_factory=Tally)
    planned: Counter[str] = field(default_factory=Counter)
    accepted_at: list[datetime] = field(default_factory=list)
    """When Meta took the first message for each, in the order of people."""
    by_route: Counter[str] = field(default_factory=Counter)
    """People by the route of that message (Outcome.route)."""
    rows: int = 0
    resent: int = 0
    no_way: int = 0

    def add(self, rows: Sequence[DeliveryRow], district: str) -> None:
        """One person whom the alert is for, with all their rows, or none yet."""
        self.planned[district] += 1
        if not rows:
            return
        fate = fate_of(rows)
        self.tally.add(fate, district)
        if fate.accepted_at:
            self.accepted_at.append(fate.accepted_at)
        if taken := [row for row in rows if row.kind is OutcomeKind.ACCEPTED and row.route]:
            self.by_route[min(taken, key=lambda row: row.attempt).route] += 1
        self.rows += len(rows)
        self.resent += any(row.attempt > 1 for row in rows)
        self.no_way += fate.state is State.REFUSED and is_of_template(fate.reason)

    def count(self, at: datetime) -> AlertCount:
        by_district = {it: self.tally.in_district(it, planned) for it, planned in self.planned.items()}
        return AlertCount(at, self.rows, self.resent, by_district, self.no_way)
