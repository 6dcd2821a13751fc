"""Consultations by messenger in the words of the console."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.consultations.consultation import Consultation, ConsultationState, ConsultationSummary
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.moments import SHORT_WEEKDAYS, counted

STATES: Final[Mapping[ConsultationState, str]] = MappingProxyType(
    {
        ConsultationState.PLANNED: "geplant",
        ConsultationState.OPEN: "läuft",
        ConsultationState.TIME_IS_UP: "Zeit ist um, noch nicht beendet",
        ConsultationState.ENDED: "beendet",
        ConsultationState.CANCELLED: "abgesagt",
    }
)
MINUTE_S: Final = 60


def hours_words(held: Consultation, town: Town) -> str:
    """Such as "Do 26.11.2026, 17:00 bis 18:00 Uhr"."""
    opens, closes = held.opens_at.astimezone(town.zone), held.closes_at.astimezone(town.zone)
    return f"{SHORT_WEEKDAYS[opens.weekday()]} {opens:%-d.%-m.%Y, %-H:%M} bis {closes:%-H:%M} Uhr"


def wait_words(seconds: int | None) -> str:
    """Such as "4 Min."; "unter 1 Min." for less, "–" where nobody was answered."""
    if seconds is None:
        return "–"
    return f"{seconds // MINUTE_S} Min." if seconds >= MINUTE_S else "unter 1 Min."


def summary_rows(summary: ConsultationSummary) -> list[tuple[str, str]]:
    """What came of it, without names."""
    return [
        ("Menschen", str(summary.people)),
        ("Fragen", str(summary.questions)),
        ("davon beantwortet", str(summary.answered)),
        ("wartete in der Mitte", wait_words(summary.median_wait_s)),
        ("am längsten", wait_words(summary.longest_wait_s)),
        ("am Ende noch offen", str(summary.left_waiting)),
    ]


def summary_sentence(summary: ConsultationSummary) -> str:
    """The same in a list."""
    return f"{counted(summary.people, 'Mensch', 'Menschen')}, {summary.answered} von {summary.questions} Fragen beantwortet"


def until_words(held: Consultation, town: Town, now: datetime) -> str:
    """Under the head of its page: how long it still runs."""
    state = held.state(now)
    if state is ConsultationState.OPEN:
        return f"läuft, noch bis {held.closes_at.astimezone(town.zone):%-H:%M} Uhr"
    return STATES[state]
