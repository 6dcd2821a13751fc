"""Who a newsletter reaches, by reason, and how long it takes; before anything is sent."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from stadtdraht.domain.broadcast import Broadcast
from stadtdraht.domain.planning import lasts_s
from stadtdraht.domain.town import Offer, Town
from stadtdraht.ports import Audience

FULL_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Plan:
    """planned: people it goes to. excluded: people with the offer's row it does not go to, by reason.

    fits: whether Meta's limit per portfolio and 24 hours allows it (people with an open service window do not count
    against it, which is not deducted here: the true figure is better).
    """

    planned: int
    excluded: dict[str, int]
    first_at: datetime
    last_after_s: int
    portfolio_limit: int | None
    fits: bool


def plan(broadcast: Broadcast, town: Town, *, audience: Audience) -> Plan:
    """Reads the audience once; memory stays flat."""
    counted: Counter[str] = Counter()
    for recipient in audience.scan(town.id, Offer.NEWS):
        if recipient.left_at is not None:
            counted["left"] += 1
        elif not broadcast.reaches(recipient):
            counted["other topic or district, or joined later"] += 1
        else:
            counted["planned"] += 1
    people = counted.pop("planned", 0)
    limit = town.number.portfolio_limit
    return Plan(
        planned=people,
        excluded=dict(counted),
        first_at=broadcast.starts_at or broadcast.released_at,
        last_after_s=ceil(lasts_s(people, town.number.rate_mps)),
        portfolio_limit=limit,
        fits=limit is None or people <= limit,
    )
