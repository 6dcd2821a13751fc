"""The report of a newsletter: always counted from its rows, person by person, so that memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.clicks import links_of
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.outcome import Charge, DeliveryFigures, Fate, Hour, Tally, fate_of, left_because_of
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.prices import CENT, price_eur
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.broadcast.reporting.broadcast_status import is_settled
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted, by_person
from stadtdraht.usecases.delivery.by_district import merge_join, name_districts

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience, Clicks
    from stadtdraht.ports.delivery import Deliveries, Slices
    from stadtdraht.ports.inbound import Citizens


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many people did not get it for one reason."""

    what: str
    """What became of them: "failed", "unknown" or "not_sent"."""
    reason: str
    """Meta's code or ours."""
    why: str
    """The same in German."""
    people: int


@dataclass(frozen=True, slots=True)
class ItemClicks:
    """How often one item was opened."""

    item: int
    """Its number, from 1."""
    link: str
    clicks: int | None
    """Clicks, not people; None where the town counts none."""


@dataclass(frozen=True, slots=True)
class Billing:
    """What it cost, in EUR without tax; Meta's invoice prevails."""

    planned_eur: Decimal | None
    """As the plan said when it started; None: it never did."""
    billed_eur: Decimal
    """Delivered messages that Meta marked as charged, at the list's price for their category and country."""
    charged: dict[str, int]
    """Messages that Meta charged, by "category/type" as it said."""
    free: dict[str, int]
    """Messages that cost nothing, by "category/type" as Meta said."""
    without_price: int
    """Charged, but in no known country or of a category without a price in the list, and so not in the sum."""
    unmarked: int
    """Delivered, but no status said what they cost."""


@dataclass(frozen=True, slots=True)
class BroadcastReport:
    """What became of a newsletter. Of people who were erased since, nobody knows; its fields are the names in JSON."""

    broadcast_id: str
    town: str
    title: str
    state: str
    planned: int
    """People it was for when it started."""
    waiting: int
    """People still in line."""
    left_over: int
    """People without any row, of a run that is settled or of a slice that was given up."""
    figures: DeliveryFigures
    """Everyone with a row; so its `not_sent` counts rows."""
    reasons: tuple[ReasonCount, ...]
    by_district: dict[str, DeliveryFigures]
    """By the name that the district has today."""
    by_hour: dict[str, Hour]
    """By the hour in the town's own time."""
    opt_outs: int
    """People who took the news back within 24 hours of its delivery."""
    clicks: tuple[ItemClicks, ...]
    billing: Billing


def broadcast_report(
    broadcast: Broadcast,
    town: Town,
    *,
    deliveries: Deliveries,
    audience: Audience,
    citizens: Citizens,
    slices: Slices,
    clicks: Clicks,
    lost: Unaccounted,
) -> BroadcastReport:
    """Reads every row of it once, the audience once beside them, and the ledger of those who may have left.

    lost: as they stood just before (reporting/unaccounted.py); they count as unknown, or as left over.
    """
    tally, opt_outs, bill = Tally(), 0, _Bill()
    fates, people = _fates(broadcast, deliveries, lost), audience.scan(town.id, Offer.NEWS)
    for fate, recipient in merge_join(fates, people, lambda fate: fate.citizen_id):
        if fate is None:
            continue
        tally.add(fate, recipient.district if recipient else "")
        opt_outs += _left(fate, recipient, town, citizens)
        for charge in fate.charges:
            bill.add(charge, recipient, fate.delivered_at)
    states = [progress.state for _, progress in slices.all(broadcast.broadcast_id)]
    resting = is_settled(broadcast, states, lost)
    finished = resting and broadcast.next_at is None and all(state is SliceState.DONE for state in states)
    figures = tally.total
    left = max(0, broadcast.planned - figures.planned)
    left_over = left if resting else min(left, lost.not_sent)
    return BroadcastReport(
        broadcast_id=broadcast.broadcast_id,
        town=town.id,
        title=broadcast.title,
        state="finished" if finished else str(broadcast.state),
        planned=broadcast.planned,
        waiting=left - left_over,
        left_over=left_over,
        figures=figures,
        reasons=tuple(
            ReasonCount(what, reason, why_not(reason), people)
            for (what, reason), people in sorted(tally.by_reason.items(), key=lambda it: (-it[1], it[0]))
        ),
        by_district=name_districts(tally.by_district, town),
        by_hour={_local(hour, town): tally.by_hour[hour] for hour in sorted(tally.by_hour)},
        opt_outs=opt_outs,
        clicks=_clicks(broadcast, town, clicks),
        billing=bill.of(broadcast),
    )


def _fates(broadcast: Broadcast, deliveries: Deliveries, lost: Unaccounted) -> Iterator[Fate]:
    rows = deliveries.in_full(broadcast.town, broadcast.broadcast_id)
    yield from map(fate_of, by_person(rows, lost))


def _left(fate: Fate, recipient: Recipient | None, town: Town, citizens: Citizens) -> bool:
    """Asks the ledger only of those who can have left: their consent is younger than the delivery, or gone."""
    at = fate.delivered_at
    if at is None or (recipient and recipient.left_at is None and recipient.since <= at):
        return False
    return left_because_of(at, citizens.ledger(town.id, fate.citizen_id))


def _clicks(broadcast: Broadcast, town: Town, clicks: Clicks) -> tuple[ItemClicks, ...]:
    found = clicks.of(broadcast.broadcast_id)
    unknown = not found and not town.count_clicks
    links = enumerate(links_of(broadcast), start=1)
    return tuple(ItemClicks(item, link, None if unknown else found.get(item, 0)) for item, link in links)


def _local(hour: datetime, town: Town) -> str:
    """With its offset, since an hour comes twice when the clocks go back."""
    return hour.astimezone(town.zone).isoformat(timespec="minutes")


def _price(charge: Charge, recipient: Recipient, at: datetime | None) -> Decimal | None:
    return price_eur(charge.category.upper(), recipient.identity, at.date() if at else None)


class _Bill:
    """Adds up charges."""

    def __init__(self) -> None:
        self.eur = Decimal(0)
        self.charged: Counter[str] = Counter()
        self.free: Counter[str] = Counter()
        self.without_price = 0
        self.unmarked = 0

    def add(self, charge: Charge, recipient: Recipient | None, at: datetime | None) -> None:
        if not charge.type:
            self.unmarked += 1
        elif not charge.billed:
            self.free[f"{charge.category}/{charge.type}"] += 1
        else:
            self.charged[f"{charge.category}/{charge.type}"] += 1
            price = _price(charge, recipient, at) if recipient else None
            self.eur += price or 0
            self.without_price += price is None

    def of(self, broadcast: Broadcast) -> Billing:
        return Billing(
            planned_eur=Decimal(broadcast.planned_cost_eur) if broadcast.planned_cost_eur else None,
            billed_eur=self.eur.quantize(CENT),
            charged=_sorted(self.charged.items()),
            free=_sorted(self.free.items()),
            without_price=self.without_price,
            unmarked=self.unmarked,
        )


def _sorted(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts))
