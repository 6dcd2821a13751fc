"""A consultation by messenger (Bürgersprechstunde): an announced hour in which somebody is there and answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from stadtdraht.domain.errors import ToldToStaff, german

LONGEST: Final = timedelta(hours=8)
HOST_CHARACTERS: Final = 80
ANNOUNCED_CHARACTERS: Final = 300


class ConsultationNotFit(ToldToStaff):
    """It cannot be held so."""


class ConsultationState(StrEnum):
    """Where it stands."""

    PLANNED = "planned"
    OPEN = "open"
    TIME_IS_UP = "time_is_up"  # nobody joins the queue any more; who waits is still answered
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class QueueMark:
    """Somebody came into the queue or left it. It names nobody, so that the summary can be made without names."""

    at: datetime
    came: bool
    is_first: bool = False
    """Whether they came for the first time; who was answered may ask again."""
    is_answered: bool = False
    """Whether they left it by an answer of the town."""
    since: datetime | None = None
    """Of who left: since when their message had waited."""


@dataclass(frozen=True, slots=True)
class ConsultationSummary:
    """What came of it."""

    people: int
    questions: int
    """Times that somebody waited for an answer."""
    answered: int
    left_waiting: int
    """People who were told at the end that they will be answered later."""
    median_wait_s: int | None = None
    """Of those that were answered; None without one."""
    longest_wait_s: int | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """One hour."""

    id: str
    """"20261126-3fa9c1": its day, and what tells it from others."""
    town: str
    opens_at: datetime
    closes_at: datetime
    host: str
    """Who is there, as citizens read it: "Oberbürgermeisterin Erika Beispiel"."""
    announced: str = ""
    """How people were told of it, for staff."""
    created_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    summary: ConsultationSummary | None = None
    """None until it has ended, and for one that was called off."""
    version: int = 0

    def state(self, now: datetime) -> ConsultationState:
        if self.ended_at:
            return ConsultationState.ENDED if self.summary else ConsultationState.CANCELLED
        if now < self.opens_at:
            return ConsultationState.PLANNED
        return ConsultationState.OPEN if now < self.closes_at else ConsultationState.TIME_IS_UP

    def is_open(self, at: datetime) -> bool:
        """Whether who writes at that moment joins its queue."""
        return self.state(at) is ConsultationState.OPEN


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """One that is open as somebody writes."""

    consultation: Consultation
    ahead: int
    """How many wait in its queue."""


def check(consultation: Consultation, others: Iterable[Consultation], now: datetime) -> None:
    """Raises ConsultationNotFit for what cannot be held."""
    opens, closes = consultation.opens_at, consultation.closes_at
    wrong = {
        german("Sagen Sie, wer da ist"): not consultation.host,
        german("Wer da ist, sagen Sie in höchstens {most_host} Zeichen"): len(consultation.host) > HOST_CHARACTERS,
        german("Wie angekündigt, sagen Sie in höchstens {most_announced} Zeichen"): len(consultation.announced)
        > ANNOUNCED_CHARACTERS,
        german("Sie endet, bevor sie beginnt"): closes <= opens,
        german("Sie dauert höchstens {longest} Stunden"): closes - opens > LONGEST,
        german("Diese Zeit ist schon vorbei"): closes <= now,
        german("Zur selben Zeit ist schon eine Sprechstunde"): any(
            it.opens_at < closes and opens < it.closes_at and not it.ended_at for it in others
        ),
    }
    if found := [what for what, is_so in wrong.items() if is_so]:
        longest = LONGEST // timedelta(hours=1)
        raise ConsultationNotFit(
            *found, most_host=HOST_CHARACTERS, most_announced=ANNOUNCED_CHARACTERS, longest=longest
        )


def sum_up(consultation: Consultation, marks: Sequence[QueueMark], left_waiting: int) -> ConsultationSummary:
    """From what the queue left behind. Who had written before the hour waits from its beginning on."""
    answered = [it for it in marks if it.is_answered]
    waits = sorted((it.at - max(it.since or it.at, consultation.opens_at)).total_seconds() for it in answered)
    return ConsultationSummary(
        people=sum(it.is_first for it in marks),
        questions=sum(it.came for it in marks),
        answered=len(answered),
        left_waiting=left_waiting,
        median_wait_s=max(0, int(median(waits))) if waits else None,
        longest_wait_s=max(0, int(waits[-1])) if waits else None,
    )


def ahead_of(marks: Iterable[QueueMark]) -> int:
    """How many are in the queue."""
    return max(0, sum(1 if it.came else -1 for it in marks))
