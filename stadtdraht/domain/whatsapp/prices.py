"""What Meta charges for a delivered template message, as dated lists; an unknown country has no price, never a guess.

Charged is what is delivered, at the rate of the recipient's country for the template's category, without tax.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.whatsapp.countries import country_of_number

CENT = Decimal("0.01")
OLD_AFTER = timedelta(days=120)  # rates change on 1 January, April, July and October, so this is at least one date
UNKNOWN_COUNTRY = "unknown"
Rate = tuple[str, str]  # category as in a template ("MARKETING"), country in two letters


@dataclass(frozen=True, slots=True)
class VolumeTier:
    """From the message after `above` in a calendar month on, each costs `eur`: per portfolio, country and category."""

    above: int
    eur: Decimal


@dataclass(frozen=True, slots=True)
class FreeRule:
    """When a message costs nothing. until None: it still holds.

    in_window: categories of templates that it makes free for people whose service window is open.
    """

    text: str
    since: date
    until: date | None
    source: str
    in_window: frozenset[str] = frozenset()

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PriceList:
    """valid_from: the first day of these rates; checked: when somebody last saw that they still hold."""

    valid_from: date
    checked: date
    source: str
    eur: Mapping[Rate, Decimal]
    tiers: Mapping[Rate, Sequence[VolumeTier]]


LISTS: Final = (
    PriceList(
        valid_from=date(2025, 7, 1),
        checked=date(2026, 10, 1),
        source="Meta, rate card in EUR of 2025-07; Germany is in none of the changes up to the cards of 2026-10",
        eur=MappingProxyType(
            {
                ("MARKETING", "DE"): Decimal("0.1131"),
                ("UTILITY", "DE"): Decimal("0.0456"),
                ("AUTHENTICATION", "DE"): Decimal("0.0456"),
            }
        ),
        tiers=MappingProxyType({}),  # for utility in Germany they exist, unpublished: it can only become cheaper
    ),
)
FREE_RULES: Final = (
    FreeRule(
        "utility templates inside an open service window are free",
        date(2025, 7, 1),
        date(2026, 9, 30),
        "Meta, Pricing, 2025-07",
        in_window=frozenset({"UTILITY"}),
    ),
    FreeRule(
        "the first 1,000 messages without a template per number and month are free; every template is charged, also "
        "inside an open service window",
        date(2026, 10, 1),
        None,
        "Meta, Pricing for non-template messages, 2026-09-30",
    ),
    FreeRule(
        "for 72 hours after a reader came by a Click-to-WhatsApp advertisement everything to them is free",
        date(2025, 7, 1),
        None,
        "Meta, Pricing, 2026-09-30",
    ),
)


@dataclass(frozen=True, slots=True)
class PricedPart:
    """Messages of one category to one country; eur None where the list has no price.

    in_window: to people whose service window is open, free by a rule of that day.
    """

    category: str
    country: str
    messages: int
    eur: Decimal | None
    in_window: bool = False


def list_at(day: date, lists: Sequence[PriceList] = LISTS) -> PriceList:
    """The list that holds on a day; the oldest for days before it."""
    return max((it for it in lists if it.valid_from <= day), key=lambda it: it.valid_from, default=lists[0])


def rules_at(day: date) -> tuple[str, ...]:
    """What is free on a day, in words, each with its date and source."""
    return tuple(f"{it.text} (since {it.since}; {it.source})" for it in FREE_RULES if it.holds(day))


def free_in_window(day: date, rules: Sequence[FreeRule] = FREE_RULES) -> frozenset[str]:
    """Categories of templates that cost nothing on a day when the reader's service window is open."""
    return frozenset().union(*(it.in_window for it in rules if it.holds(day)))


def free_parts(messages: Mapping[Rate, int]) -> tuple[PricedPart, ...]:
    """What goes out free of charge inside open windows, most first."""
    parts = [
        PricedPart(category, country or UNKNOWN_COUNTRY, count, Decimal("0.00"), in_window=True)
        for (category, country), count in messages.items()
    ]
    return tuple(sorted(parts, key=lambda it: (-it.messages, it.category, it.country)))


def warning_of_age(prices: PriceList, day: date) -> str:
    """What to say of a list that nobody has compared for long; "" while it is fresh."""
    age = day - prices.checked
    if age <= OLD_AFTER:
        return ""
    return (
        f"the price list was last compared with Meta's {age.days} days ago ({prices.checked}); compare "
        "stadtdraht/domain/whatsapp/prices.py with Meta's rate card before you rely on this cost"
    )


def country_of(identity: WireIdentity) -> str:
    """The country whose rate applies: that of the number, else the one a BSUID begins with ("DE.8123…"); "" unknown."""
    if identity.phone:
        return country_of_number(identity.phone)
    if not identity.user_id or "." not in identity.user_id:
        return ""
    return identity.user_id.partition(".")[0]


def price_eur(category: str, identity: WireIdentity, on: date | None = None) -> Decimal | None:
    """EUR for one message of this category to this person, without tiers; None where the list has no price."""
    prices = list_at(on) if on else LISTS[-1]
    return prices.eur.get((category, country_of(identity)))


def priced(messages: Mapping[Rate, int], prices: PriceList, sent_before: Mapping[Rate, int]) -> tuple[PricedPart, ...]:
    """What these messages cost, dearest first. sent_before: already delivered this month, for the tiers."""
    parts = [
        PricedPart(category, country or UNKNOWN_COUNTRY, count, _eur((category, country), count, prices, sent_before))
        for (category, country), count in messages.items()
    ]
    return tuple(sorted(parts, key=lambda it: (-(it.eur or 0), it.category, it.country)))


def _eur(rate: Rate, count: int, prices: PriceList, sent_before: Mapping[Rate, int]) -> Decimal | None:
    """Marginal: each message costs what its place in the month says."""
    listed = prices.eur.get(rate)
    if listed is None:
        return None
    first = sent_before.get(rate, 0)
    steps = [VolumeTier(0, listed), *sorted(prices.tiers.get(rate, ()), key=lambda it: it.above)]
    ends = [*(step.above for step in steps[1:]), first + count]
    total = Decimal(0)
    for step, end in zip(steps, ends, strict=True):
        total += max(0, min(end, first + count) - max(step.above, first)) * step.eur
    return total.quantize(CENT)
