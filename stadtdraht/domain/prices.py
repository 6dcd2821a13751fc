"""What Meta charges for a delivered template message, as a dated list; an unknown country has no price, never a guess.

Source: Meta, rate card in EUR of 2025-07, the last one found; since 2026-10-01 utility templates are charged inside an
open service window as well, so that every template costs the same wherever it meets the reader.
"""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from stadtdraht.domain.citizen import WireIdentity

LIST_OF = date(2025, 7, 1)
EUR_PER_MESSAGE = MappingProxyType(
    {
        ("MARKETING", "DE"): Decimal("0.1131"),
        ("UTILITY", "DE"): Decimal("0.0456"),
    }
)
_COUNTRY_OF_PREFIX = (("49", "DE"),)  # those we have a price for


def country_of(identity: WireIdentity) -> str:
    """The country whose rate applies: that of the number, else the one a BSUID begins with ("DE.8123…"); "" unknown."""
    for prefix, country in _COUNTRY_OF_PREFIX:
        if identity.phone and identity.phone.startswith(prefix):
            return country
    if identity.phone or not identity.user_id or "." not in identity.user_id:
        return ""
    return identity.user_id.partition(".")[0]


def price_eur(category: str, identity: WireIdentity) -> Decimal | None:
    """EUR for one message of this category to this person; None where the list has no price."""
    return EUR_PER_MESSAGE.get((category, country_of(identity)))
