"""What nobody should send by WhatsApp: bank and card numbers, identity and insurance numbers, somebody's health.

Only what is surely so counts: numbers by their check digits, health by words about a person. Sources: ISO 13616 (IBAN),
ISO/IEC 7812 (Luhn), ISO 7064 mod 11,10 (Steuer-ID), ICAO Doc 9303 (ID cards), § 2 VKVV (insurance number).
"""

import re
from enum import StrEnum

from stadtdraht.domain.text import one_line, plain


class Sensitive(StrEnum):
    """What was found."""

    IBAN = "iban"
    CARD = "card"
    ID_NUMBER = "id_number"
    TAX_ID = "tax_id"
    INSURANCE_NUMBER = "insurance_number"
    HEALTH = "health"


# ASCII: the Kelvin sign is a K to Unicode, and other alphabets' digits are digits, but no such number holds them.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE | re.ASCII)
_CARD = re.compile(r"(?<![\d+])(?:\d[ -]?){12,18}\d(?!\d)", re.ASCII)
_ID = re.compile(r"\b[CFGHJKLMNPRTVWXYZ0-9]{9}\d?\b", re.IGNORECASE | re.ASCII)
_ID_SAID = re.compile(r"\b(ausweis|personalausweis|reisepass|pass|ausweisnummer|passnummer|id card|passport)\w*\b")
_TAX = re.compile(r"(?<![\d+])[1-9]\d(?: ?\d{3}){3}(?!\d)", re.ASCII)
_INSURANCE = re.compile(r"\b\d{2} ?\d{6} ?[A-Z] ?\d{3}\b", re.IGNORECASE | re.ASCII)
_HEALTH = re.compile(
    r"\b(ich|wir|er|sie|mein\w*|unser\w*|seine?|ihre?)\b.{0,60}"
    r"\b(krebs\w*|tumor|chemo\w*|depression\w*|depressiv|hiv|aids|diabetes|epilepsie|demenz|dement|psychisch krank"
    r"|schizophren\w*|borderline|schwanger\w*|fehlgeburt|abtreibung|suchtkrank"
    r"|alkoholiker\w*|diagnose|befund"
    r"|schwerbehindert\w*|pflegegrad|attest|krankschreibung|multiple sklerose|parkinson|hepatitis)\b"
)


def found_in(text: str) -> frozenset[Sensitive]:
    """Every kind of sensitive content that the text surely holds."""
    text = one_line(text)
    said = plain(text)
    found = {
        Sensitive.IBAN: any(_is_iban(it.group()) for it in _IBAN.finditer(text)),
        Sensitive.CARD: any(_is_card(it.group()) for it in _CARD.finditer(text)),
        Sensitive.ID_NUMBER: bool(_ID_SAID.search(said)) and any(_is_id(it.group()) for it in _ID.finditer(text)),
        Sensitive.TAX_ID: any(_is_tax_id(it.group()) for it in _TAX.finditer(text)),
        Sensitive.INSURANCE_NUMBER: any(_is_insurance(it.group()) for it in _INSURANCE.finditer(text)),
        Sensitive.HEALTH: bool(_HEALTH.search(said)),
    }
    return frozenset(kind for kind, is_there in found.items() if is_there)


def _is_iban(written: str) -> bool:
    """Mod 97 of the whole, with the country and check digits moved to the end. A German one has 22 characters."""
    number = _compact(written)
    if number.startswith("DE") and len(number) > len("DE") + 20:
        number = number[:22]
    return number.isascii() and int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _is_card(written: str) -> bool:
    """Luhn, and the length and first digit of a payment card."""
    digits = [int(sign) for sign in _compact(written)]
    if digits[0] not in (3, 4, 5, 6) or len(set(digits)) == 1 or len(digits) not in (13, 14, 15, 16, 19):
        return False
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _is_id(written: str) -> bool:
    """Nine signs and a check digit: weights 7, 3, 1. Nine alone count too, with letters and digits among them."""
    number = _compact(written)
    if not any(sign.isdigit() for sign in number) or not any(sign.isalpha() for sign in number):
        return False
    if len(number) == 9:  # noqa: PLR2004 - people leave the check digit out
        return True
    return sum(int(sign, 36) * (7, 3, 1)[place % 3] for place, sign in enumerate(number[:9])) % 10 == int(number[9])


def _is_tax_id(written: str) -> bool:
    """Mod 11,10; of the first ten digits exactly one stands there two or three times."""
    digits = [int(sign) for sign in _compact(written)]
    repeated = [digits[:10].count(digit) for digit in set(digits[:10])]
    if sorted(repeated)[-2:] not in ([1, 2], [1, 3]):
        return False
    carry = 10
    for digit in digits[:10]:
        total = (digit + carry) % 10 or 10
        carry = total * 2 % 11
    return (11 - carry) % 10 == digits[10]


def _is_insurance(written: str) -> bool:
    """The letter as two digits; weights 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1; the sums of digits; mod 10."""
    number = _compact(written)
    letter = f"{ord(number[8].upper()) - 64:02}"
    signs = number[:8] + letter + number[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    sums = sum(sum(divmod(int(sign) * weight, 10)) for sign, weight in zip(signs, weights, strict=True))
    return sums % 10 == int(number[11])


def _compact(written: str) -> str:
    return re.sub(r"[ -]", "", written).upper()
