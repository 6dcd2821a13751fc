"""Times and numbers as staff read them: by the clock of their town, in German."""

from datetime import date, datetime
from typing import Final

from stadtdraht.domain.town import Town

NONE: Final = "–"  # in a cell that says nothing
WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
SHORT_WEEKDAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


def moment(at: datetime | None, town: Town) -> str:
    """24.11.2026, 12:00; nothing for None."""
    return f"{at.astimezone(town.zone):%d.%m.%Y, %H:%M}" if at else NONE


def to_the_second(at: datetime, town: Town) -> str:
    """24.11.2026, 12:00:05."""
    return f"{at.astimezone(town.zone):%d.%m.%Y, %H:%M:%S}"


def day(at: datetime, town: Town) -> str:
    """24.11.2026."""
    return f"{at.astimezone(town.zone):%d.%m.%Y}"


def day_and_month(at: date) -> str:
    """3. Dezember."""
    return f"{at.day}. {MONTHS[at.month - 1]}"


def counted(number: int, one: str, many: str) -> str:
    """1 Person, 2 Personen: German has these two forms."""
    return f"{number} {one if number == 1 else many}"
