"""Whom a newsletter reaches, how long it takes and what it costs; before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.daily_limit import MOST_DAYS, Share
from stadtdraht.domain.broadcast.plan_summary import PlanSummary
from stadtdraht.domain.broadcast.portions import starts_after_s
from stadtdraht.domain.broadcast.slicing import BEFORE_ALL, lasts_s
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account_problems import within_meta_s_limit
from stadtdraht.domain.whatsapp.prices import CENT, PricedPart, free_parts, list_at, priced
from stadtdraht.usecases.broadcast.planning.count_audience import CountedAudience, count_audience
from stadtdraht.usecases.broadcast.planning.reached_today import reached_today

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience, Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries
    from stadtdraht.ports.whatsapp import AccountSnapshots


@dataclass(frozen=True, slots=True)
class Portions:
    """How a newsletter is spread over days by Meta's limit per portfolio and 24 hours, and how long that takes."""

    limit: int | None
    """People in 24 hours; None: unlimited."""
    shares: tuple[Share, ...] | None
    """What each day takes; None: there is never room."""
    median_after_s: int
    """From the first message until half of the people have theirs."""
    last_after_s: int
    """From the first message until everybody has theirs."""
    in_time: bool
    """Whether the last have it before it expires."""

    @property
    def today(self) -> Share:
        """What goes out at once."""
        return self.shares[0] if self.shares else Share(0, BEFORE_ALL)

    @property
    def fits(self) -> bool:
        """Whether all of it goes out today."""
        return self.days == 1

    @property
    def days(self) -> int | None:
        """None: there is never room."""
        return len(self.shares) if self.shares else None

    @property
    def per_day(self) -> tuple[int, ...]:
        """People of each day; of a longer one, one day more than may be."""
        return tuple(share.people for share in self.shares or ())[: MOST_DAYS + 1]

    @property
    def possible(self) -> bool:
        """Whether it goes out at all, be it over several days."""
        return self.days is not None and self.days <= MOST_DAYS and self.in_time


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs at the list of its day, without tax."""

    parts: tuple[PricedPart, ...]

    @property
    def eur(self) -> Decimal:
        """The sum of what has a price in the list."""
        return sum((part.eur for part in self.parts if part.eur is not None), Decimal(0)).quantize(CENT)

    @property
    def unpriced(self) -> Mapping[str, int]:
        """People in countries that the list lacks, who are not in the sum."""
        found: Counter[str] = Counter()
        for part in self.parts:
            if part.eur is None:
                found[part.country] += part.messages
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before anything is sent."""

    first_at: datetime
    """The newsletter's own time; the prices are those of that day."""
    audience: CountedAudience
    portions: Portions
    price: Price


class TooManyForPortfolio(StadtdrahtError):
    """Meta's limit does not let it through, not even in daily portions."""

    def __init__(self, found: Plan) -> None:
        reserve, days = found.audience.crisis_reserve, found.portions.days
        self.planned, self.limit, self.reserve = found.audience.planned, found.portions.limit, reserve
        self.days, self.most_days = days, MOST_DAYS
        room = f"Meta's limit of {found.portions.limit} a day for this number's portfolio"
        if reserve:
            room += f", of which {reserve} stay free for people who take warnings only"
        over = f"{MOST_DAYS} are the most" if days and days > MOST_DAYS else "by then it has expired"
        takes = f"in portions it would take {days} days, and {over}" if days else "portions do not help either"
        super().__init__(f"{found.audience.planned} people do not fit into {room}; {takes}")


@dataclass(frozen=True, slots=True)
class PlanPorts:
    """What a plan reads."""

    broadcasts: Broadcasts
    audience: Audience
    alerts: Alerts
    deliveries: Deliveries
    snapshots: AccountSnapshots


def plan_newsletter(broadcast: Broadcast, town: Town, now: datetime, ports: PlanPorts) -> Plan:
    """Counted with what went out in the 24 hours before it begins taken off Meta's limit."""
    snapshot = ports.snapshots.get(town.id)
    town = within_meta_s_limit(town, snapshot.number if snapshot else None)
    begins_at = max(broadcast.goes_at, now)
    used = reached_today(town, begins_at, broadcasts=ports.broadcasts, alerts=ports.alerts, deliveries=ports.deliveries)
    return plan(broadcast, town, audience=ports.audience, used=used, begins_at=begins_at)


def plan(
    broadcast: Broadcast,
    town: Town,
    *,
    audience: Audience,
    used: AbstractSet[str] = frozenset(),
    after: str = BEFORE_ALL,
    begins_at: datetime | None = None,
) -> Plan:
    """used, after: as for `count_audience`.

    begins_at: when the first of these messages goes out, where that is later than the broadcast's own time.
    """
    first_at = broadcast.goes_at
    starts_at = max(first_at, begins_at or first_at)
    broadcast = replace(broadcast, topics_over=town.topics_over(starts_at))
    counted = count_audience(broadcast, town, starts_at, after, audience=audience, used=used)
    parts = (*priced(counted.charged, list_at(first_at.date()), {}), *free_parts(counted.free))
    return Plan(first_at, counted, _portions(counted, broadcast, town), Price(parts))


def _portions(counted: CountedAudience, broadcast: Broadcast, town: Town) -> Portions:
    shares = counted.shares or ()
    times = starts_after_s([share.people for share in shares], town.number.rate_mps)
    last_after_s = _after_s(counted.planned, shares, times, town)
    ends_at = broadcast.goes_at + timedelta(seconds=last_after_s)
    return Portions(
        limit=town.number.portfolio_limit,
        shares=counted.shares,
        median_after_s=_after_s(ceil(counted.planned / 2), shares, times, town),
        last_after_s=last_after_s,
        in_time=broadcast.expires_at is None or ends_at <= broadcast.expires_at,
    )


def _after_s(people: int, shares: tuple[Share, ...], times: list[float], town: Town) -> int:
    """Seconds from the first message until so many people have theirs."""
    for share, starts_s in zip(shares, times, strict=True):
        if people <= share.people:
            return ceil(starts_s + lasts_s(people, town.number.rate_mps))
        people -= share.people
    return 0


def summary_of(plan: Plan, held_by: Sequence[str]) -> PlanSummary:
    """What is kept of it."""
    audience, portions = plan.audience, plan.portions
    return PlanSummary(
        planned=audience.planned,
        consented=audience.consented,
        excluded=dict(audience.excluded),
        other_language=sum(count for name, count in audience.planned_by_language.items() if not name.startswith("de")),
        by_topic=dict(audience.readers.by_topic),
        by_district=dict(audience.readers.by_district),
        by_language=dict(audience.readers.by_language),
        cost_eur=plan.price.eur,
        without_price=sum(plan.price.unpriced.values()),
        prices_of=f"{list_at(plan.first_at.date()).valid_from:%m/%Y}",
        median_after_s=portions.median_after_s,
        last_after_s=portions.last_after_s,
        limit=portions.limit,
        crisis_reserve=audience.crisis_reserve,
        days=portions.days,
        per_day=portions.per_day,
        possible=portions.possible,
        held_by=tuple(held_by),
    )
