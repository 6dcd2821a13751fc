"""Consultations by messenger in the words of the console."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.consultations.consultation import Consultation, ConsultationState, ConsultationSummary
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, say, say_many
from stadtdraht.texts.staff.moments import weekday_day_and_year

STATES: Final[Mapping[ConsultationState, str]] = MappingProxyType(
    {
        ConsultationState.PLANNED: german("geplant"),
        ConsultationState.OPEN: german("läuft"),
        ConsultationState.TIME_IS_UP: german("Zeit ist um; endet in wenigen Minuten von selbst"),
        ConsultationState.ENDED: german("beendet"),
        ConsultationState.CANCELLED: german("abgesagt"),
    }
)
MINUTE_S: Final = 60


def hours_words(held: Consultation, town: Town) -> str:
    """Such as "Do 26.11.2026, 17:00 bis 18:00 Uhr"."""
    opens, closes = held.opens_at.astimezone(town.zone), held.closes_at.astimezone(town.zone)
    return say(
        "{day}, {opens} bis {closes} Uhr",
        day=weekday_day_and_year(opens),
        opens=f"{opens:%-H:%M}",
        closes=f"{closes:%-H:%M}",
    )


def wait_words(seconds: int | None) -> str:
    """Such as "4 Min."; "unter 1 Min." for less, "–" where nobody was answered."""
    if seconds is None:
        return "–"
    return say("{minutes} Min.", minutes=seconds // MINUTE_S) if seconds >= MINUTE_S else say("unter 1 Min.")


def summary_rows(summary: ConsultationSummary) -> list[tuple[str, str]]:
    """What came of it, without names."""
    return [
        (say("Menschen"), str(summary.people)),
        (say("Fragen"), str(summary.questions)),
        (say("davon beantwortet"), str(summary.answered)),
        (say("wartete in der Mitte"), wait_words(summary.median_wait_s)),
        (say("am längsten"), wait_words(summary.longest_wait_s)),
        (say("am Ende noch offen"), str(summary.left_waiting)),
    ]


def summary_sentence(summary: ConsultationSummary) -> str:
    """The same in a list."""
    return say_many(
        summary.people,
        "{number} Mensch, {answered} von {questions} Fragen beantwortet",
        "{number} Menschen, {answered} von {questions} Fragen beantwortet",
        answered=summary.answered,
        questions=summary.questions,
    )


def until_words(held: Consultation, town: Town, now: datetime) -> str:
    """Under the head of its page: how long it still runs, and that nobody need end it."""
    state = held.state(now)
    if state is ConsultationState.OPEN:
        return say(
            "läuft bis {time} Uhr und endet dann von selbst", time=f"{held.closes_at.astimezone(town.zone):%-H:%M}"
        )
    if state is ConsultationState.PLANNED:
        return say("geplant; zur angekündigten Zeit endet sie von selbst")
    return say(STATES[state])
