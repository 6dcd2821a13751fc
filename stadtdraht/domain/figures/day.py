"""A town's figures of one day: numbers, and nobody in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

HOURS = 24
NO_HOURS = (0,) * HOURS
NOT_NAMED = ""
"""Of a district: nobody said one. Of an opt-out: it followed no newsletter."""


@dataclass(frozen=True, slots=True)
class OfferDay:
    """People who take one offer, as the day ended."""

    people: int = 0
    joined: int = 0
    left: int = 0
    by_topic: Mapping[str, int] = field(default_factory=dict)
    """By id; who takes several stands in each, who named none in none."""
    by_district: Mapping[str, int] = field(default_factory=dict)
    """By id, and NOT_NAMED."""
    by_language: Mapping[str, int] = field(default_factory=dict)
    by_month: Mapping[str, int] = field(default_factory=dict)
    """By the month ("2026-11") since when they take it."""


@dataclass(frozen=True, slots=True)
class CasesDay:
    """Reports of one kind."""

    opened: int = 0
    answered: int = 0
    """Brought to an end."""
    overdue: int = 0
    """Without the promised first feedback as the day ended."""
    open: int = 0
    """As the day ended."""


@dataclass(frozen=True, slots=True)
class SentNewsletter:
    """A newsletter that began to go out that day."""

    broadcast_id: str
    title: str
    planned: int
    """People it was for."""


class SignalKind(StrEnum):
    """What was noticed."""

    NOBODY_WRITES = "nobody_writes"
    """For longer than ever lately; perhaps the line is broken."""
    NO_NEWSLETTER = "no_newsletter"
    """For longer than the town's habit."""
    WAITS_PILE_UP = "waits_pile_up"
    """More people than usual wait longer than the town means to let them."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One of them, as a day ended."""

    kind: SignalKind
    count: int
    """Days of silence, or people who wait long."""
    usual: int
    """The same as it usually is."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What is kept of a day for three years."""

    day: date
    """By the town's own clock."""
    counted_at: datetime
    offers: Mapping[str, OfferDay] = field(default_factory=dict)
    sent: tuple[SentNewsletter, ...] = ()
    opt_outs: Mapping[str, int] = field(default_factory=dict)
    """People who took the news back, by the newsletter that came before, and NOT_NAMED."""
    messages: tuple[int, ...] = NO_HOURS
    """All that people sent, by the hour."""
    enquiries: tuple[int, ...] = NO_HOURS
    """People who sent something that staff had to read, by the hour of their first such words; each once a day."""
    first_contacts: int = 0
    """People of whom nothing was kept from before."""
    answer_minutes: Mapping[int, int] = field(default_factory=dict)
    """How many waited how many minutes of office time for the first answer, of those answered that day."""
    in_target: int = 0
    """How many of them waited no longer than the town means to let people wait."""
    cases: Mapping[str, CasesDay] = field(default_factory=dict)
    """By kind."""
    waiting: int | None = None
    """Conversations that waited for an answer as the day ended; None where that was counted too late to be known."""
    waiting_long: int | None = None
    """Those of them that waited longer than the town means to let people wait."""
    signals: tuple[Signal, ...] = ()

    @property
    def answered(self) -> int:
        """How many first answers staff gave."""
        return sum(self.answer_minutes.values())

    @property
    def asked(self) -> int:
        """How many people had something for staff to read."""
        return sum(self.enquiries)

    @property
    def heard(self) -> int:
        """How many messages came."""
        return sum(self.messages)
