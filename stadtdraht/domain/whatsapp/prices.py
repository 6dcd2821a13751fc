"""What Meta charges for a delivered template message, as dated lists; an unknown country has no price, never a guess.

Charged is what is delivered, at the rate of the recipient's country for the template's category, without tax.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.citizen import WireIdentity

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
    """When a message costs nothing."""

    text: str
    since: date
    until: date | None
    """The last day; None: it still holds."""
    source: str
    in_window: frozenset[str] = frozenset()
    """Categories of templates that it makes free for people whose service window is open."""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PriceList:
    """Meta's rates from one day on."""

    valid_from: date
    checked: date
    """When somebody last saw that they still hold."""
    source: str
    eur: Mapping[Rate, Decimal]
    tiers: Mapping[Rate, Sequence[VolumeTier]]


# Source: ITU-T E.164, list of assigned codes, 2025; a code that several countries share counts for the largest.
_CODES = (
    "1 US 7 RU 20 EG 27 ZA 30 GR 31 NL 32 BE 33 FR 34 ES 36 HU 39 IT 40 RO 41 CH 43 AT 44 GB 45 DK 46 SE 47 NO 48 PL "
    "49 DE 51 PE 52 MX 53 CU 54 AR 55 BR 56 CL 57 CO 58 VE 60 MY 61 AU 62 ID 63 PH 64 NZ 65 SG 66 TH 81 JP 82 KR "
    "84 VN 86 CN 90 TR 91 IN 92 PK 93 AF 94 LK 95 MM 98 IR 211 SS 212 MA 213 DZ 216 TN 218 LY 220 GM 221 SN 222 MR "
    "223 ML 224 GN 225 CI 226 BF 227 NE 228 TG 229 BJ 231 LR 232 SL 233 GH 234 NG 235 TD 236 CF 237 CM 238 CV 240 GQ "
    "241 GA 242 CG 243 CD 244 AO 249 SD 250 RW 251 ET 252 SO 253 DJ 254 KE 255 TZ 256 UG 257 BI 258 MZ 260 ZM 261 MG "
    "263 ZW 264 NA 265 MW 266 LS 267 BW 291 ER 350 GI 351 PT 352 LU 353 IE 354 IS 355 AL 356 MT 357 CY 358 FI 359 BG "
    "370 LT 371 LV 372 EE 373 MD 374 AM 375 BY 376 AD 377 MC 378 SM 380 UA 381 RS 382 ME 383 XK 385 HR 386 SI 387 BA "
    "389 MK 420 CZ 421 SK 423 LI 502 GT 503 SV 504 HN 505 NI 506 CR 507 PA 509 HT 591 BO 593 EC 595 PY 598 UY 852 HK "
    "853 MO 855 KH 856 LA 880 BD 886 TW 960 MV 961 LB 962 JO 963 SY 964 IQ 965 KW 966 SA 967 YE 968 OM 970 PS 971 AE "
    "972 IL 973 BH 974 QA 975 BT 976 MN 977 NP 992 TJ 993 TM 994 AZ 995 GE 996 KG 998 UZ"
)
COUNTRY_OF_CODE: Final[Mapping[str, str]] = MappingProxyType(dict(re.findall(r"(\d{1,4}) ([A-Z]{2})", _CODES)))
LONGEST_CODE = 3
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
    """Messages of one category to one country."""

    category: str
    country: str
    messages: int
    eur: Decimal | None
    """For all of them; None: the list has no price."""
    in_window: bool = False
    """Whether they go to people whose service window is open, free by a rule of that day."""


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


def country_of_number(phone: str) -> str:
    """Two letters for E.164 digits without "+"; "" for a code that is not in the list."""
    for digits in range(LONGEST_CODE, 0, -1):
        if country := COUNTRY_OF_CODE.get(phone[:digits]):
            return country
    return ""


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
