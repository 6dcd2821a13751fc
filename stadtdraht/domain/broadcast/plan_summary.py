"""A plan as it is kept: what staff decide by, without the ids of the cut."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Its fields are the names in JSON."""

    planned: int
    """People to whom it goes."""
    consented: int
    """Who take the news."""
    excluded: Mapping[str, int]
    """To whom it does not go, by reason."""
    other_language: int
    """Of those to whom it goes, who read another language than German."""
    by_topic: Mapping[str, int]
    """Readers of each topic, those who take all of them included."""
    by_district: Mapping[str, int]
    by_language: Mapping[str, int]
    cost_eur: Decimal
    """Without tax and without what has no price in the list."""
    without_price: int
    """People in countries that the list lacks."""
    prices_of: str
    """Month of the list, such as 07/2026."""
    median_after_s: int
    """From the first message until half of the people have theirs."""
    last_after_s: int
    """From the first message until everybody has theirs."""
    limit: int | None
    """People in 24 hours, as Meta allows; None: unlimited."""
    crisis_reserve: int
    """Places of it that stay free for warnings."""
    days: int | None
    """Over how many days it goes; None: there is never room."""
    per_day: tuple[int, ...]
    possible: bool
    """Whether it goes out at all."""
    held_by: tuple[str, ...] = ()
    """What would keep it from going out, for staff: what Meta holds against it, and the town's promise."""
    held_by_in_english: tuple[str, ...] = ()


def plain_plan(summary: PlanSummary) -> dict[str, Any]:
    """For JSON."""
    return asdict(summary) | {"cost_eur": str(summary.cost_eur)}


def plan_summary(value: Mapping[str, Any]) -> PlanSummary:
    """The reverse of `plain_plan`."""
    lists = {name: tuple(value.get(name, ())) for name in ("per_day", "held_by", "held_by_in_english")}
    return PlanSummary(**{**value, **lists, "cost_eur": Decimal(value["cost_eur"])})
