"""Times and numbers as staff read them: by the clock of their town, in German or English.

How a day is written stands in the catalogue like any other words. Python names days and months in English unless
somebody tells it otherwise, which nobody does here; so `%A` and `%b` stand in English patterns only.
"""

from datetime import date, datetime
from typing import Final

from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, say

NONE: Final = "–"  # in a cell that says nothing
WEEKDAYS: Final = (
    *(german("Montag"), german("Dienstag"), german("Mittwoch"), german("Donnerstag")),
    *(german("Freitag"), german("Samstag"), german("Sonntag")),
)
SHORT_WEEKDAYS: Final = (
    *(german("Mo"), german("Di"), german("Mi"), german("Do")),
    *(german("Fr"), german("Sa"), german("So")),
)
MONTHS: Final = (
    *(german("Januar"), german("Februar"), german("März"), german("April"), german("Mai"), german("Juni")),
    *(german("Juli"), german("August"), german("September")),
    *(german("Oktober"), german("November"), german("Dezember")),
)


def written(at: date, pattern: str) -> str:
    """By a pattern of strftime in its German form, which the catalogue knows in English."""
    return f"{at:{say(pattern)}}"


def weekday(at: date) -> str:
    """Montag."""
    return say(WEEKDAYS[at.weekday()])


def short_weekday(at: date) -> str:
    """Mo."""
    return say(SHORT_WEEKDAYS[at.weekday()])


def moment(at: datetime | None, town: Town) -> str:
    """24.11.2026, 12:00; nothing for None."""
    return written(at.astimezone(town.zone), german("%d.%m.%Y, %H:%M")) if at else NONE


def to_the_second(at: datetime, town: Town) -> str:
    """24.11.2026, 12:00:05."""
    return written(at.astimezone(town.zone), german("%d.%m.%Y, %H:%M:%S"))


def day(at: datetime, town: Town) -> str:
    """24.11.2026."""
    return written(at.astimezone(town.zone), german("%d.%m.%Y"))


def day_and_month(at: date) -> str:
    """3. Dezember."""
    return say("{day}. {month}", day=at.day, month=say(MONTHS[at.month - 1]))


def full_day(at: date) -> str:
    """3. Dezember 2026."""
    return f"{day_and_month(at)} {at.year}"


def counted(number: int, one: str, many: str) -> str:
    """1 Person, 2 Personen: the command line's German. What the console says too is said by `say_many`."""
    return f"{number} {one if number == 1 else many}"


def weekday_and_day(at: date) -> str:
    """Do 3.12."""
    named = written(at, german("%-d.%-m."))
    return f"{short_weekday(at)} {named}"


def weekday_day_and_year(at: date) -> str:
    """Do 3.12.2026."""
    named = written(at, german("%-d.%-m.%Y"))
    return f"{short_weekday(at)} {named}"
