"""Who a newsletter reaches, by reason, how long it takes and what it costs; before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.daily_limit import MOST_DAYS, STAYS_OPEN, Share, Spread, allowance
from stadtdraht.domain.broadcast.portions import starts_after_s
from stadtdraht.domain.broadcast.slicing import BEFORE_ALL, lasts_s
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.account_problems import within_meta_s_limit
from stadtdraht.domain.whatsapp.prices import (
    CENT,
    PricedPart,
    Rate,
    country_of,
    free_in_window,
    free_parts,
    list_at,
    priced,
    rules_at,
    warning_of_age,
)
from stadtdraht.usecases.broadcast.reached_today import reached_today

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience, Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries
    from stadtdraht.ports.whatsapp import AccountSnapshots


@dataclass(frozen=True, slots=True)
class Plan:
    """planned: people it goes to. consented: people who take the news. excluded: those it does not go to, by reason.

    per_day: people of each day; more than one when Meta's limit per portfolio and 24 hours does not allow all at once.
    The limit is counted as Meta does, each person once: used_today went out already, and crisis_reserve is kept free
    for people who take warnings and are neither readers nor among those. window_open: those of the first day whose
    service window stays open for STAYS_OPEN from the start on, so surely until their turn: they take no place at Meta,
    and cost nothing where a free rule of that day says so (`in_window` parts of the cost).
    today_upto: the last citizen id of the first day. days None: there is never room. fits: all of it today. in_time:
    the last have it before it expires.
    cost: at the dated list, for the category of the template in each reader's language, without tax. unpriced: people
    in countries that the list lacks, who are not in the sum; unpriced_countries names them.
    """

    planned: int
    consented: int
    window_open: int
    excluded: dict[str, int]
    first_at: datetime
    median_after_s: int
    last_after_s: int
    portfolio_limit: int | None
    used_today: int
    crisis_reserve: int
    fits: bool
    today: int
    today_upto: str
    days: int | None
    per_day: tuple[int, ...]
    in_time: bool
    cost_eur: Decimal
    cost_parts: tuple[PricedPart, ...]
    unpriced: int
    unpriced_countries: dict[str, int]
    prices_of: date
    prices_checked: date
    price_source: str
    price_rules: tuple[str, ...]
    price_warning: str

    @property
    def possible(self) -> bool:
        """Whether it goes out at all, be it over several days."""
        return self.days is not None and self.days <= MOST_DAYS and self.in_time


class TooManyForPortfolio(StadtdrahtError):
    """Meta's limit does not let it through, not even in daily portions."""

    def __init__(self, found: Plan) -> None:
        room = f"Meta's limit of {found.portfolio_limit} a day for this number's portfolio"
        if found.crisis_reserve:
            room += f", of which {found.crisis_reserve} stay free for people who take warnings only"
        days = f"in portions it would take {found.days} days, and {MOST_DAYS} are the most" if found.days else ""
        if found.days and found.days <= MOST_DAYS:
            days = f"in portions it would take {found.days} days, and by then it has expired"
        super().__init__(f"{found.planned} people do not fit into {room}; {days or 'portions do not help either'}")


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
    """Reads the audience once, and those who take warnings twice where Meta sets a limit; memory stays flat.

    used: citizen ids of those who had something in the last 24 hours. after: readers up to this id are served.
    begins_at: when the first of these messages goes out, where that is later than the broadcast's own time.
    """
    starts_at = max(broadcast.goes_at, begins_at or broadcast.goes_at)
    broadcast = replace(broadcast, topics_over=town.topics_over(starts_at))
    warned = _Warned(town, audience, used)
    limit = town.number.portfolio_limit
    used_only = len(used) - warned.among_used
    spread = Spread(allowance(limit, warned.people, len(used), used_only), allowance(limit, warned.people, 0, 0))
    counted: Counter[str] = Counter()
    rates: Counter[Rate] = Counter()
    free: Counter[Rate] = Counter()
    category, first_at = _category_of(broadcast, town), broadcast.goes_at
    free_categories = free_in_window(first_at.date())
    windows = audience.open_windows(town.id, starts_at + STAYS_OPEN)
    reserved_readers = window_open = 0
    for recipient in audience.scan(town.id, Offer.NEWS):
        if recipient.left_at is not None:
            counted["left"] += 1
        elif not broadcast.reaches(recipient):
            counted["other topic or district, or joined later"] += 1
        elif recipient.citizen_id <= after:
            counted["served before"] += 1
        else:
            counted["planned"] += 1
            is_open, is_used = recipient.citizen_id in windows, recipient.citizen_id in used
            is_warned = warned.includes(recipient.citizen_id)
            spread.add(recipient.citizen_id, takes_no_place=is_used or is_open, warned=is_warned)
            is_open = is_open and spread.on_first_day
            window_open += is_open
            reserved_readers += is_warned and not is_used and not is_open
            rate = category(recipient), country_of(recipient.identity)
            (free if is_open and rate[0] in free_categories else rates)[rate] += 1
    prices = list_at(first_at.date())
    parts = (*priced(rates, prices, {}), *free_parts(free))
    people = counted.pop("planned", 0)
    shares = spread.shares()
    times = starts_after_s([share.people for share in shares or ()], town.number.rate_mps)
    last_after_s = _after_s(people, shares or (), times, town)
    return Plan(
        planned=people,
        consented=people + sum(counted.values()) - counted["left"],
        window_open=window_open,
        excluded={reason: count for reason, count in counted.items() if count},
        first_at=first_at,
        median_after_s=_after_s(ceil(people / 2), shares or (), times, town),
        last_after_s=last_after_s,
        portfolio_limit=limit,
        used_today=len(used),
        crisis_reserve=0 if limit is None else warned.people - warned.among_used - reserved_readers,
        fits=shares is not None and len(shares) == 1,
        today=shares[0].people if shares else 0,
        today_upto=shares[0].upto if shares else BEFORE_ALL,
        days=len(shares) if shares else None,
        per_day=tuple(share.people for share in shares or ())[: MOST_DAYS + 1],
        in_time=broadcast.expires_at is None or first_at + timedelta(seconds=last_after_s) <= broadcast.expires_at,
        cost_eur=sum((part.eur for part in parts if part.eur is not None), Decimal(0)).quantize(CENT),
        cost_parts=parts,
        unpriced=sum(part.messages for part in parts if part.eur is None),
        unpriced_countries=_by_country(parts),
        prices_of=prices.valid_from,
        prices_checked=prices.checked,
        price_source=prices.source,
        price_rules=rules_at(first_at.date()),
        price_warning=warning_of_age(prices, first_at.date()),
    )


class _Warned:
    """People who take warnings, counted, and then asked for in order of citizen id. Nobody where there is no limit."""

    def __init__(self, town: Town, audience: Audience, used: AbstractSet[str]) -> None:
        self.people = self.among_used = 0
        for citizen_id in _ids_warned(town, audience):
            self.people += 1
            self.among_used += citizen_id in used
        self._rest = _ids_warned(town, audience)
        self._next = next(self._rest, None)

    def includes(self, citizen_id: str) -> bool:
        """To be asked with rising ids."""
        while self._next is not None and self._next < citizen_id:
            self._next = next(self._rest, None)
        return self._next == citizen_id


def _ids_warned(town: Town, audience: Audience) -> Iterator[str]:
    if town.number.portfolio_limit is None or Offer.CRISIS not in town.offers_of():
        return iter(())
    return (person.citizen_id for person in audience.scan(town.id, Offer.CRISIS) if person.left_at is None)


def _category_of(broadcast: Broadcast, town: Town) -> Callable[[Recipient], str]:
    """The category of the template that a reader's language gets."""

    @cache
    def of_language(language: str) -> str:
        template = town.template(broadcast.template, language)
        return template.category if template else ""

    return lambda recipient: of_language(recipient.language)


def _after_s(people: int, shares: tuple[Share, ...], times: list[float], town: Town) -> int:
    """Seconds from the first message until so many people have theirs."""
    for share, starts_s in zip(shares, times, strict=True):
        if people <= share.people:
            return ceil(starts_s + lasts_s(people, town.number.rate_mps))
        people -= share.people
    return 0


def _by_country(parts: tuple[PricedPart, ...]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for part in parts:
        if part.eur is None:
            found[part.country] += part.messages
    return dict(sorted(found.items()))
