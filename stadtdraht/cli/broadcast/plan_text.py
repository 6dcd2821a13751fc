"""A plan as people read it before they let a newsletter go, and as programs do."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from stadtdraht.cli.advice import advice_for
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.prices import list_at, rules_at, warning_of_age
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.usecases.broadcast.planning.plan_broadcast import Plan, TooManyForPortfolio


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
    audience, portions = found.audience, found.portions
    people = words.PLANNED.format(town=town.name, planned=audience.planned, consented=audience.consented)
    if portions.days is None:
        return f"{people}."
    half, last = words.lasts(portions.median_after_s), words.lasts(portions.last_after_s)
    return people + words.REACHED.format(half=half, last=last) + "."


def _limit(found: Plan) -> Iterator[str]:
    audience, portions = found.audience, found.portions
    if not portions.possible:
        advice = advice_for(TooManyForPortfolio(found))
        yield words.WOULD_BE_REFUSED.format(planned=audience.planned, limit=portions.limit, advice=advice)
    elif not portions.fits:
        each = ", dann ".join(str(people) for people in portions.per_day)
        yield words.OVER_DAYS.format(days=portions.days, each=each, limit=portions.limit)
        yield words.USED.format(used=audience.used_today, reserve=audience.crisis_reserve)
    if audience.window_open and portions.limit is not None and portions.days is not None:
        yield words.WINDOW_OPEN.format(people=audience.window_open)


def _cost(found: Plan) -> Iterator[str]:
    price, day = found.price, found.first_at.date()
    prices = list_at(day)
    yield words.COSTS.format(eur=price.eur, of=f"{prices.valid_from:%m/%Y}")
    for part in price.parts:
        eur = words.NO_PRICE if part.eur is None else f"{part.eur} EUR"
        eur = words.IN_WINDOW if part.in_window else eur
        category = part.category or words.NO_TEMPLATE
        yield words.PART.format(messages=part.messages, category=category, country=part.country, eur=eur)
    if price.unpriced:
        named = ", ".join(f"{country} ({people})" for country, people in price.unpriced.items())
        yield words.UNPRICED.format(people=sum(price.unpriced.values()), named=named)
    if warning_of_age(prices, day):
        yield words.CAREFUL


def _excluded(found: Plan) -> Iterator[str]:
    for reason, count in found.audience.excluded.items():
        yield words.NOT_TO.format(people=count, reason=words.EXCLUDED.get(reason, reason))
