"""A plan as people read it before they let a newsletter go, and as programs do."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from stadtdraht.cli.advice import advice_for
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.prices import list_at, rules_at, warning_of_age
from stadtdraht.usecases.broadcast.plan_broadcast import Plan, TooManyForPortfolio


def plan_in_words(found: Plan, town: Town) -> str:
    """Lines for the terminal."""
    return "\n".join([_reach(found, town), *_limit(found), *_cost(found), *_excluded(found)])


def plan_as_json(found: Plan) -> dict[str, Any]:
    """For programs: every figure by its name, and the price list that the cost is from."""
    audience, portions, price, day = found.audience, found.portions, found.price, found.first_at.date()
    prices = list_at(day)
    return {
        "planned": audience.planned,
        "consented": audience.consented,
        "window_open": audience.window_open,
        "excluded": audience.excluded,
        "first_at": found.first_at,
        "median_after_s": portions.median_after_s,
        "last_after_s": portions.last_after_s,
        "portfolio_limit": portions.limit,
        "used_today": audience.used_today,
        "crisis_reserve": audience.crisis_reserve,
        "fits": portions.fits,
        "today": portions.today.people,
        "today_upto": portions.today.upto,
        "days": portions.days,
        "per_day": portions.per_day,
        "in_time": portions.in_time,
        "cost_eur": price.eur,
        "cost_parts": [asdict(part) for part in price.parts],
        "unpriced": sum(price.unpriced.values()),
        "unpriced_countries": price.unpriced,
        "prices_of": prices.valid_from,
        "prices_checked": prices.checked,
        "price_source": prices.source,
        "price_rules": rules_at(day),
        "price_warning": warning_of_age(prices, day),
    }


def _reach(found: Plan, town: Town) -> str:
    people = f"{found.audience.planned} of {found.audience.consented} people who take the news"
    portions = found.portions
    if portions.days is None:
        return f"{town.name}: for {people}."
    reached = f"half of them after {_time(portions.median_after_s)}, the last after {_time(portions.last_after_s)}"
    return f"{town.name}: to {people}, {reached}."


def _limit(found: Plan) -> Iterator[str]:
    audience, portions = found.audience, found.portions
    if not portions.possible:
        refused = TooManyForPortfolio(found)
        yield f"  It would be refused: {refused}. {advice_for(refused)}"
    elif not portions.fits:
        days = ", then ".join(str(people) for people in portions.per_day)
        used = f"{audience.used_today} had something in the last 24 hours"
        yield f"  Over {portions.days} days by itself: {days}. Meta allows {portions.limit} people in 24 hours;"
        yield f"  {used}, and {audience.crisis_reserve} places are kept for people who take warnings only."
    if audience.window_open and portions.limit is not None and portions.days is not None:
        yield f"  {audience.window_open} wrote within 24 hours and take no place in Meta's limit."


def _cost(found: Plan) -> Iterator[str]:
    price, day = found.price, found.first_at.date()
    prices = list_at(day)
    yield f"  It costs {price.eur} EUR at Meta's list of {prices.valid_from:%Y-%m}, without tax:"
    for part in price.parts:
        eur = "no price in our list" if part.eur is None else f"{part.eur} EUR"
        eur = "free, since they wrote within 24 hours" if part.in_window else eur
        yield f"    {part.messages} as {part.category or 'no template'} to {part.country}: {eur}"
    if price.unpriced:
        named = ", ".join(f"{country} ({people})" for country, people in price.unpriced.items())
        people = sum(price.unpriced.values())
        yield f"  Not in it: {people} people in countries whose price is not in our list: {named}."
    if warning := warning_of_age(prices, day):
        yield f"  Careful: {warning}."


def _excluded(found: Plan) -> Iterator[str]:
    yield from (f"  not to {count}: {reason}" for reason, count in found.audience.excluded.items())


def _time(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return f"{seconds} s"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
