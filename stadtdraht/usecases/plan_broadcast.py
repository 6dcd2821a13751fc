"""Who a newsletter reaches, by reason, how long it takes and what it costs; before anything is sent."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil

from stadtdraht.domain.broadcast import Broadcast
from stadtdraht.domain.planning import lasts_s
from stadtdraht.domain.prices import LIST_OF, price_eur
from stadtdraht.domain.reach import allowed_today, days_for
from stadtdraht.domain.town import Offer, Town
from stadtdraht.ports import Audience


@dataclass(frozen=True, slots=True)
class Plan:
    """planned: people it goes to. excluded: people with the offer's row it does not go to, by reason.

    fits: whether Meta's limit per portfolio and 24 hours allows it with `crisis_reserve` kept free, one for everyone
    who agreed to warnings. People with an open service window do not count against the limit; that is not deducted
    here, so that the true figure is better.
    days: how many it would take in portions that fit; None: not even in portions.
    cost_eur: at the dated list for the template's category, without tax; unpriced: people whose country the list
    lacks, who are not in the sum.
    """

    planned: int
    excluded: dict[str, int]
    first_at: datetime
    median_after_s: int
    last_after_s: int
    portfolio_limit: int | None
    crisis_reserve: int
    fits: bool
    days: int | None
    cost_eur: Decimal
    unpriced: int
    prices_of: date


def plan(broadcast: Broadcast, town: Town, *, audience: Audience) -> Plan:
    """Reads the audience once; memory stays flat."""
    template = town.template(broadcast.template)
    category = template.category if template else ""
    counted: Counter[str] = Counter()
    cost, unpriced = Decimal(0), 0
    for recipient in audience.scan(town.id, Offer.NEWS):
        if recipient.left_at is not None:
            counted["left"] += 1
        elif not broadcast.reaches(recipient):
            counted["other topic or district, or joined later"] += 1
        else:
            counted["planned"] += 1
            price = price_eur(category, recipient.identity)
            cost += price or 0
            unpriced += price is None
    people = counted.pop("planned", 0)
    limit = town.number.portfolio_limit
    reserve = 0 if limit is None else _warned(town, audience)
    allowed = allowed_today(limit, reserve)
    lasts = lasts_s(people, town.number.rate_mps)
    return Plan(
        planned=people,
        excluded=dict(counted),
        first_at=broadcast.starts_at or broadcast.released_at,
        median_after_s=ceil(lasts / 2),
        last_after_s=ceil(lasts),
        portfolio_limit=limit,
        crisis_reserve=reserve,
        fits=allowed is None or people <= allowed,
        days=days_for(people, allowed),
        cost_eur=cost.quantize(Decimal("0.01")),
        unpriced=unpriced,
        prices_of=LIST_OF,
    )


def _warned(town: Town, audience: Audience) -> int:
    """Everyone whom a warning would have to reach today."""
    if Offer.CRISIS not in town.offers_of():
        return 0
    return sum(person.left_at is None for person in audience.scan(town.id, Offer.CRISIS))
