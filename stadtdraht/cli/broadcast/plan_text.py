"""A plan as people read it before they let a newsletter go."""

from collections.abc import Iterator

from stadtdraht.cli.advice import advice_for
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.plan_broadcast import Plan, TooManyForPortfolio


def plan_in_words(found: Plan, town: Town) -> str:
    """Lines for the terminal."""
    return "\n".join([_reach(found, town), *_limit(found), *_cost(found), *_excluded(found)])


def _reach(found: Plan, town: Town) -> str:
    if found.days is None:
        return f"{town.name}: for {found.planned} of {found.consented} people who take the news."
    reached = f"half of them after {_time(found.median_after_s)}, the last after {_time(found.last_after_s)}"
    return f"{town.name}: to {found.planned} of {found.consented} people who take the news, {reached}."


def _limit(found: Plan) -> Iterator[str]:
    if not found.possible:
        refused = TooManyForPortfolio(found)
        yield f"  It would be refused: {refused}. {advice_for(refused)}"
    elif not found.fits:
        days = ", then ".join(str(people) for people in found.per_day)
        used = f"{found.used_today} had something in the last 24 hours"
        yield f"  Over {found.days} days by itself: {days}. Meta allows {found.portfolio_limit} people in 24 hours;"
        yield f"  {used}, and {found.crisis_reserve} places are kept for people who take warnings only."
    if found.window_open and found.portfolio_limit is not None and found.days is not None:
        yield f"  {found.window_open} wrote within 24 hours and take no place in Meta's limit."


def _cost(found: Plan) -> Iterator[str]:
    yield f"  It costs {found.cost_eur} EUR at Meta's list of {found.prices_of:%Y-%m}, without tax:"
    for part in found.cost_parts:
        price = "no price in our list" if part.eur is None else f"{part.eur} EUR"
        price = "free, since they wrote within 24 hours" if part.in_window else price
        yield f"    {part.messages} as {part.category or 'no template'} to {part.country}: {price}"
    if found.unpriced:
        named = ", ".join(f"{country} ({people})" for country, people in found.unpriced_countries.items())
        yield f"  Not in it: {found.unpriced} people in countries whose price is not in our list: {named}."
    if found.price_warning:
        yield f"  Careful: {found.price_warning}."


def _excluded(found: Plan) -> Iterator[str]:
    yield from (f"  not to {count}: {reason}" for reason, count in found.excluded.items())


def _time(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return f"{seconds} s"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
