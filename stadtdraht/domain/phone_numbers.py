"""Telephone numbers as people and WhatsApp write them: read, and known again in another spelling.

Sources: ITU-T E.164; Meta, Phone numbers, 2026-09 (what "from" holds in Brazil, Mexico and Argentina).
"""

import re
import unicodedata
from typing import Final

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_BETWEEN = re.compile(r"[\s/().-]")
_BETWEEN_BY_HAND = re.compile(r"[\s/().,_\u2010-\u2015\u2212-]")
_OPTIONAL_ZERO = re.compile(r"\(\s*0\s*\)")  # "+49 (0)151 …"
_HOME = "49"
# Where a number begins with 0 inside the country only. Not Italy, the Congo or Ivory Coast: there the 0 stays.
_TRUNK_ZERO: Final = tuple(
    code
    for codes in (
        "20 27 30 31 32 33 34 36 40 41 43 44 45 46 47 48 49 51 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98",
        "212 213 216 234 351 352 353 355 357 358 359 370 371 372 373 375 380 381 382 383 385 386 387 389 420 421 423",
        "880 961 962 963 964 966 971 972 994 995 998",
    )
    for code in codes.split()
)


class NotANumber(ValueError):
    """The text says what is expected, and never what was there; `code` says it for whoever words it, with `country`."""

    def __init__(self, expected: str, code: str, country: str = "") -> None:
        super().__init__(expected)
        self.code = code
        self.country = country


def read_number(written: str) -> str:
    """The digits of a number in E.164, without the "+"; signs between them are forgiven. Raises NotANumber."""
    bare = _BETWEEN.sub("", "".join(sign for sign in written.strip() if unicodedata.category(sign) != "Cf"))
    bare = bare.removeprefix("'")  # what keeps a spreadsheet from calculating
    if re.fullmatch(r"\+?\d{1,20}(?:[.,]\d{0,20})?E\+?\d{1,3}", bare, re.IGNORECASE):
        shortened = "the spreadsheet has shortened the number; format the column as text and fill it again"
        raise NotANumber(shortened, "number_shortened")
    if not E164.fullmatch(bare):
        foreign = any(sign.isdigit() and not sign.isascii() for sign in bare)
        digits = ", with the digits 0 to 9" if foreign else ""
        raise NotANumber(f"expected E.164 such as +4915112345678{digits}", "other_digits" if foreign else "number")
    for code in _TRUNK_ZERO:
        if bare.startswith(f"+{code}0"):
            expected = f"expected E.164 such as +4915112345678: without the 0 after +{code}"
            raise NotANumber(expected, "trunk_zero", code)
    return bare[1:]


def read_typed_number(written: str, home: str) -> str:
    """The digits of a number as people write them to each other: with +, 00 or the country's own 0, or bare.

    `home`: any number of the country in which a leading 0 was meant. Raises NotANumber.
    """
    plain = unicodedata.normalize("NFKC", written).strip().casefold().removeprefix("tel:")
    bare = _BETWEEN_BY_HAND.sub("", _OPTIONAL_ZERO.sub("", plain))
    bare = "".join(sign for sign in bare if unicodedata.category(sign) != "Cf")
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = f"+{country_of(home) or _HOME}{bare[1:]}"
    digits = bare.removeprefix("+")
    code = country_of(digits)
    if code and digits[len(code) :].startswith("0"):
        digits = code + digits[len(code) :].lstrip("0")
    return read_number(f"+{digits}")


def country_of(digits: str) -> str:
    """The country's code that a number begins with; "" for one that we do not know."""
    bare = re.sub(r"[^0-9]", "", digits)
    return max((code for code in _TRUNK_ZERO if bare.startswith(code)), key=len, default="")


def masked(digits: str) -> str:
    """A number as lists show it: enough to know it again, not enough to ring it."""
    code = country_of(digits) or digits[:2]
    return f"+{code} … {digits[-3:]}"


def one_spelling(digits: str) -> str:
    """The same for every spelling of a number; anything else, such as a BSUID, comes back as it is.

    Brazil put a 9 before mobile numbers, Mexico dropped a 1, Argentina says a 9 from abroad only; WhatsApp keeps
    either, so that one person may write from another spelling than the one they were imported with.
    """
    if re.fullmatch(r"55[1-9][1-9][6-9][0-9]{7}", digits):
        return f"{digits[:4]}9{digits[4:]}"
    if re.fullmatch(r"521[0-9]{10}", digits):
        return f"52{digits[3:]}"
    if re.fullmatch(r"54[1-8][0-9]{9}", digits):
        return f"549{digits[2:]}"
    return digits


def spellings(digits: str) -> tuple[str, ...]:
    """The one spelling first, then the others that mean the same number."""
    one = one_spelling(digits)
    if re.fullmatch(r"55[1-9][1-9]9[6-9][0-9]{7}", one):
        return one, f"{one[:4]}{one[5:]}"
    if re.fullmatch(r"52[0-9]{10}", one):
        return one, f"521{one[2:]}"
    if re.fullmatch(r"549[1-8][0-9]{9}", one):
        return one, f"54{one[3:]}"
    return (one,)
