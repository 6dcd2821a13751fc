"""What a town's month cost, at AWS and at Meta, from what was counted: rows of deliveries, and figures of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.outcome import DeliveryRow, Fate, fate_of
from stadtdraht.domain.operations.cost import Work, hearing, sending, statuses_in
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.prices import CENT, price_eur
from stadtdraht.usecases.delivery.by_district import merge_join

if TYPE_CHECKING:
    from stadtdraht.domain.citizen import Recipient
    from stadtdraht.ports.broadcast import Audience, Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries
    from stadtdraht.ports.figures import FigureDays

NEWSLETTERS, WARNINGS, CONVERSATIONS = "newsletters", "warnings", "conversations"
SHORTEST_NOTICE = timedelta(days=120)  # nobody begins a newsletter so long after making it
ALERTS_LOOKED_AT = 500
PAGE = 50


@dataclass(frozen=True, slots=True)
class Month:
    """A month by the town's own clock."""

    first: date

    @property
    def last(self) -> date:
        return self.next_first - timedelta(days=1)

    @property
    def next_first(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    def begins(self, town: Town) -> datetime:
        return datetime.combine(self.first, time(), town.zone)

    def has(self, at: datetime, town: Town) -> bool:
        return self.begins(town) <= at < datetime.combine(self.next_first, time(), town.zone)


@dataclass(frozen=True, slots=True)
class CostPorts:
    """What is counted."""

    broadcasts: Broadcasts
    alerts: Alerts
    deliveries: Deliveries
    audience: Audience
    days: FigureDays


@dataclass(frozen=True, slots=True)
class CostLine:
    """One kind of work of one town in one month."""

    town: str
    kind: str
    runs: int = 0
    """Newsletters or warnings that began in the month; of conversations, days that were counted."""
    messages: int = 0
    """That Meta took from us; of conversations, that citizens sent."""
    statuses: int = 0
    charged: int = 0
    """Delivered messages that Meta marked as charged."""
    without_price: int = 0
    """Of these, those of no known country or category, or of people who are no recipients any more: not in the sum."""
    meta_eur: Decimal = Decimal(0)
    """By the dated list, without tax; Meta's invoice prevails."""
    work: Work = Work()  # noqa: RUF009 - a frozen value


def cost_of_month(town: Town, month: Month, ports: CostPorts) -> Iterator[CostLine]:
    """One line for each kind. Reads every row of what was sent once."""
    news = [it for it in _newsletters(town, month, ports.broadcasts) if month.has(it[1], town)]
    yield _sent(town, NEWSLETTERS, [name for name, _ in news], Offer.NEWS, ports)
    if Offer.CRISIS in town.offers_of():
        alerts = ports.alerts.recent(town.id, LinkMode.LIVE, ALERTS_LOOKED_AT)
        raised = [it.alert_id for it in alerts if month.has(it.raised_at, town) and not it.undone_at]
        yield _sent(town, WARNINGS, raised, Offer.CRISIS, ports)
    days = ports.days.between(town.id, month.first, month.last)
    heard = sum(it.heard for it in days)
    yield CostLine(town.id, CONVERSATIONS, runs=len(days), messages=heard, work=hearing(heard))


def _newsletters(town: Town, month: Month, broadcasts: Broadcasts) -> Iterator[tuple[str, datetime]]:
    """Id and first message of each that has begun, the newest first, until none of the month can follow."""
    behind = None
    while page := broadcasts.recent(town.id, PAGE, behind):
        yield from ((it.broadcast_id, it.first_at or it.goes_at) for it in page if it.has_begun)
        behind = page[-1]
        if behind.created_at < month.begins(town) - SHORTEST_NOTICE:
            return


def _sent(town: Town, kind: str, causes: list[str], offer: Offer, ports: CostPorts) -> CostLine:
    line = CostLine(town.id, kind, runs=len(causes))
    for cause in causes:
        rows = ports.deliveries.in_full(town.id, cause)
        people = (_OfPerson.of(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row.citizen_id))
        for one, recipient in merge_join(people, ports.audience.scan(town.id, offer), lambda it: it.fate.citizen_id):
            if one is not None:
                line = _with(line, one, recipient)
    work = sending(line.messages, town.number.rate_mps) + statuses_in(line.statuses)
    return replace(line, work=work, meta_eur=line.meta_eur.quantize(CENT))


@dataclass(frozen=True, slots=True)
class _OfPerson:
    fate: Fate
    messages: int
    statuses: int

    @classmethod
    def of(cls, rows: list[DeliveryRow]) -> _OfPerson:
        outcomes = [row for row in rows if isinstance(row.kind, OutcomeKind)]
        tried = sum(row.kind is not OutcomeKind.NOT_SENT for row in outcomes)
        return cls(fate_of(rows), tried, len(rows) - len(outcomes))


def _with(line: CostLine, one: _OfPerson, recipient: Recipient | None) -> CostLine:
    day = one.fate.delivered_at.date() if one.fate.delivered_at else None
    billed = [it for it in one.fate.charges if it.billed]
    prices = [price_eur(it.category.upper(), recipient.identity, day) if recipient else None for it in billed]
    return replace(
        line,
        messages=line.messages + one.messages,
        statuses=line.statuses + one.statuses,
        charged=line.charged + len(billed),
        without_price=line.without_price + prices.count(None),
        meta_eur=line.meta_eur + sum((it for it in prices if it is not None), Decimal(0)),
    )
