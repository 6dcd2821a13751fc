"""What nobody should send by WhatsApp: bank and card numbers, passwords, identity and insurance numbers, health.

Only what is surely so counts: numbers by their check digits or by what they are called, health by words about a
person. Sources: ISO 13616 (IBAN), ISO/IEC 7812 (Luhn), ISO 7064 mod 11,10 (Steuer-ID), ICAO Doc 9303 (ID cards),
§ 2 VKVV (insurance number).
"""

import re
from enum import StrEnum

from stadtdraht.domain.text import one_line, plain
from stadtdraht.domain.understanding.health_of_a_person import tells_of_health
from stadtdraht.domain.understanding.secret_words import tells_a_secret


class Sensitive(StrEnum):
    """What was found."""

    IBAN = "iban"
    CARD = "card"
    ID_NUMBER = "id_number"
    TAX_ID = "tax_id"
    INSURANCE_NUMBER = "insurance_number"
    ACCOUNT = "account"
    PASSWORD = "password"  # noqa: S105 - the kind, not one
    HEALTH = "health"


# ASCII: the Kelvin sign is a K to Unicode, and other alphabets' digits are digits, but no such number holds them.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE | re.ASCII)
_GERMAN_IBAN = re.compile(r"\bDE[ -]?\d{2}(?:[ -]?\d){18}(?!\d)", re.IGNORECASE | re.ASCII)  # also with a slip in it
_CARD = re.compile(r"(?<![\d+])\d{4,6}(?:[ -]?\d{1,8}){1,6}", re.ASCII)
_ID = re.compile(r"\b[CFGHJKLMNPRTVWXYZ0-9]{9}\d?\b", re.IGNORECASE | re.ASCII)
_ID_SAID = re.compile(
    r"\b(ausweis|personalausweis|perso|reisepass|pass|ausweisnummer|passnummer|aufenthaltstitel|id card|passport"
    r"|dowod|kimlik)\w*\b"
)
_LICENCE = re.compile(r"\b[A-Z0-9]{4}[A-Z0-9]{5}\d[A-Z0-9]\b", re.IGNORECASE | re.ASCII)
_TAX = re.compile(r"(?<![\d+])[1-9]\d(?: ?\d{3}){3}(?!\d)", re.ASCII)
_TAX_NUMBER = re.compile(r"(?<!\d)\d{2,3}/\d{3,4}/\d{4,5}(?!\d)", re.ASCII)
_INSURANCE = re.compile(r"\b\d{2} ?\d{6} ?[A-Z] ?\d{3}\b", re.IGNORECASE | re.ASCII)
_HEALTH_INSURANCE = re.compile(r"\b[A-Z]\d{9}\b", re.IGNORECASE | re.ASCII)
_ACCOUNT = re.compile(r"\b(?:kontonummer|kontonr|konto nr|kto nr|kto)\b(?: \w{1,20}){0,2} (?:\d ?){5,10}\b", re.ASCII)
_BANK_CODE = re.compile(r"\b(?:blz|bankleitzahl)\b(?: ist| lautet)? ?(?:\d ?){8}\b", re.ASCII)
_OF_A_FILE = re.compile(r"\b(?:aktenzeichen|az|kassenzeichen|kundennummer|rechnung\w*|zaehler\w*|seriennummer)\b")
CARD_LENGTHS = (14, 15, 16, 19)
BEFORE_A_NUMBER = 40  # characters that say what it is


def found_in(text: str) -> frozenset[Sensitive]:
    """Every kind of sensitive content that the text surely holds."""
    text, original = one_line(text), text
    said = plain(text)
    found = {
        Sensitive.IBAN: bool(_GERMAN_IBAN.search(text)) or any(_is_iban(it.group()) for it in _IBAN.finditer(text)),
        Sensitive.CARD: any(_holds_card(it.group()) for it in _CARD.finditer(text) if not _is_of_a_file(text, it)),
        Sensitive.ID_NUMBER: _holds_id(text, said),
        Sensitive.TAX_ID: _holds_tax_id(text, said),
        Sensitive.INSURANCE_NUMBER: _holds_insurance(text, said),
        Sensitive.ACCOUNT: bool(_ACCOUNT.search(said) or _BANK_CODE.search(said)),
        Sensitive.PASSWORD: tells_a_secret(text),
        Sensitive.HEALTH: tells_of_health(original),
    }
    return frozenset(kind for kind, is_there in found.items() if is_there)


def _is_of_a_file(text: str, number: re.Match[str]) -> bool:
    return bool(_OF_A_FILE.search(plain(text[max(0, number.start() - BEFORE_A_NUMBER) : number.start()])))


def _holds_card(written: str) -> bool:
    """A card's number, perhaps with its date behind it: it ends where a group of digits ends."""
    groups = re.split("[ -]", written)
    return any(_is_card("".join(groups[:count])) for count in range(1, len(groups) + 1))


def _holds_id(text: str, said: str) -> bool:
    if "fuehrerschein" in said and any(_has_both(it.group()) for it in _LICENCE.finditer(text)):
        return True
    return bool(_ID_SAID.search(said)) and any(_is_id(it.group()) for it in _ID.finditer(text))


def _holds_tax_id(text: str, said: str) -> bool:
    is_named = "steuer" in said
    if is_named and _TAX_NUMBER.search(text):
        return True
    return any(is_named or _is_tax_id(it.group()) for it in _TAX.finditer(text))


def _holds_insurance(text: str, said: str) -> bool:
    is_named = "versicherung" in said or "versicherten" in said
    if is_named and _HEALTH_INSURANCE.search(text):
        return True
    return any(is_named or _is_insurance(it.group()) for it in _INSURANCE.finditer(text))


def _has_both(written: str) -> bool:
    return any(sign.isdigit() for sign in written) and any(sign.isalpha() for sign in written)


def _is_iban(written: str) -> bool:
    """Mod 97 of the whole, with the country and check digits moved to the end. A German one has 22 characters."""
    number = _compact(written)
    if number.startswith("DE") and len(number) > len("DE") + 20:
        number = number[:22]
    return number.isascii() and int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _is_card(written: str) -> bool:
    """Luhn, and the length and first digit of a payment card."""
    digits = [int(sign) for sign in _compact(written)]
    if digits[0] not in (3, 4, 5, 6) or len(set(digits)) == 1 or len(digits) not in CARD_LENGTHS:
        return False
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _is_id(written: str) -> bool:
    """Nine signs and a check digit: weights 7, 3, 1. Nine alone count too, with letters and digits among them."""
    number = _compact(written)
    if not _has_both(number):
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
