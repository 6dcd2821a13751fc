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

    fits: whether Meta's limit per portfolio and 24 hours allows it with `crisis_reserve` kept free: one for everyone
    who agreed to warnings and is not a reader anyway, since Meta counts a person once. People with an open service
    window do not count against the limit, and neither that nor what else went out today is deducted here.
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
    """Reads the audience once, and both audiences once more where Meta sets a limit; memory stays flat."""
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
    reserve = 0 if limit is None else _only_warned(broadcast, town, audience)
    allowed = allowed_today(limit, reserve)
    lasts = lasts_s(people, town.number.rate_mps)
    return Plan(
        planned=people,
        excluded=dict(counted),
        first_at=broadcast.goes_at,
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


def _only_warned(broadcast: Broadcast, town: Town, audience: Audience) -> int:
    """People whom a warning would have to reach beside the readers. Both audiences come in order of citizen id."""
    if Offer.CRISIS not in town.offers_of():
        return 0
    readers = (
        it.citizen_id for it in audience.scan(town.id, Offer.NEWS) if it.left_at is None and broadcast.reaches(it)
    )
    reader, found = next(readers, None), 0
    for person in audience.scan(town.id, Offer.CRISIS):
        while reader is not None and reader < person.citizen_id:
            reader = next(readers, None)
        found += person.left_at is None and person.citizen_id != reader
    return found
