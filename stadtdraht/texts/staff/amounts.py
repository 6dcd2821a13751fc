"""Numbers as staff read them: "3.012" and "0,8" in German, "3,012" and "0.8" in English."""

from decimal import Decimal

from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.texts.staff.language import language_read


def grouped(count: int) -> str:
    """3.012."""
    return _as_read(f"{count:,}")


def decimal(value: float | Decimal, places: int) -> str:
    """1.234,50 for two places."""
    return _as_read(f"{value:,.{places}f}")


def euros(amount: Decimal, places: int = 2) -> str:
    """3,38 €; to who reads English €3.38."""
    said = decimal(amount, places)
    return f"€{said}" if language_read() is StaffLanguage.ENGLISH else f"{said} €"


def percent(said: str) -> str:
    """94 %; to who reads English 94%."""
    return f"{said}%" if language_read() is StaffLanguage.ENGLISH else f"{said} %"


def _as_read(english: str) -> str:
    return english if language_read() is StaffLanguage.ENGLISH else english.translate(str.maketrans(",.", ".,"))
