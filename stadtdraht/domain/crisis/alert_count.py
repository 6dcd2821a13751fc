"""How far an alert has come, district by district: people counted from delivery rows. Pure; reads nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import reduce

from stadtdraht.domain.delivery.delivery import OutcomeKind, State, is_of_template
from stadtdraht.domain.delivery.outcome import DeliveryRow, Tally, fate_of

ROWS_PER_S = 10_000  # what counting may read, however many people look: about 600 read units a second
KEPT_FROM_ROWS = 2_000  # fewer are counted in less time than keeping them takes


@dataclass(frozen=True, slots=True)
class Headcount:
    """People by how far their message came; accepted, sent, delivered and read each include the later ones.

    planned: whom it is for. failed: refused at once, or reported as failed later.
    """

    planned: int = 0
    accepted: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    unknown: int = 0
    not_sent: int = 0

    def __add__(self, other: "Headcount") -> "Headcount":
        return Headcount(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(Headcount)))


@dataclass(frozen=True, slots=True)
class AlertCount:
    """One count. by_district: by the district's id, "" for people who named none or are gone; empty ones are left out.

    resent: people whose first try had no clear outcome. no_way: those among the failed whom Meta refused every template
    for, and who may not be written to freely. rows: how many were read.
    """

    counted_at: datetime
    rows: int
    resent: int
    by_district: Mapping[str, Headcount]
    no_way: int = 0

    @property
    def total(self) -> Headcount:
        return reduce(Headcount.__add__, self.by_district.values(), Headcount())

    def holds(self, now: datetime) -> bool:
        """Whether it is shown instead of counting again: the more rows it took, the longer."""
        return now < self.counted_at + timedelta(seconds=self.rows / ROWS_PER_S)


@dataclass(slots=True)
class AlertTally:
    """Adds people up. accepted_at: when Meta took the first message for each, in the order of people.

    by_route: people by the route of that message (Outcome.route).
    """

    tally: Tally = field(default_factory=Tally)
    planned: Counter[str] = field(default_factory=Counter)
    accepted_at: list[datetime] = field(default_factory=list)
    by_route: Counter[str] = field(default_factory=Counter)
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
        return AlertCount(at, self.rows, self.resent, {of: self._of(of) for of in self.planned}, self.no_way)

    def _of(self, district: str) -> Headcount:
        found = self.tally.by_district.get(district)
        planned = self.planned[district]
        if found is None:
            return Headcount(planned)
        counted = {it.name: getattr(found, it.name) for it in fields(Headcount) if it.name != "planned"}
        return Headcount(planned, **counted)
