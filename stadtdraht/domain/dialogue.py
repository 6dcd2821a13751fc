"""What stands open between a person and the line: the question they were asked, and what was said a moment ago."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.town import Offer

STAYS_OPEN = timedelta(hours=24)  # a question, over whatever else is said meanwhile


class Asked(StrEnum):
    """What a question is about."""

    CONSENT = "consent"
    NAME = "name"
    DISTRICT = "district"
    ERASE = "erase"
    FORGET = "forget"
    CALL_TERMS = "call_terms"
    RATE = "rate"
    STOP_SURE = "stop_sure"
    EXPORT = "export"
    CALL_WITHDRAW = "call_withdraw"


@dataclass(frozen=True, slots=True)
class Question:
    """One that we asked, and what an answer to it needs."""

    asked: Asked
    at: datetime
    """The time of the message that it answered."""
    offers: tuple[Offer, ...] = ()
    """Those to take, or to leave; with nothing else named, leaving means all of them."""
    topics: tuple[str, ...] = ()
    """Ids of those to leave."""
    about: str = ""
    """Wamid to forget, number of the case to rate, id of the contest; "held" where erasing has to wait."""

    def stands(self, at: datetime) -> bool:
        """Whether a message of this moment may still answer it. One that was sent before it does, too: as WhatsApp
        tells times, two messages of a minute come in any order.
        """
        return at < self.at + STAYS_OPEN


@dataclass(frozen=True, slots=True)
class Dialogue:
    """All of it, for one person."""

    question: Question | None = None
    last_case: str = ""
    """Number of the report that they added to or opened last."""
    acknowledged_at: datetime | None = None
    """When they were last told that a message has arrived."""
    in_contest_since: datetime | None = None
    """When they last sent something for a contest."""
    held_entries: tuple[str, ...] = ()
    """Wamids of entries that wait for a yes to the terms, in their order."""
    courtesy_for: str = ""
    """Keyed hash of the text that got the last courtesy answer, so that the same text gets it once."""
    told_alert: str = ""
    """Id of the alert whose state they were told."""

    def asks(self, at: datetime) -> Question | None:
        """The question that a message of this moment may answer."""
        return self.question if self.question and self.question.stands(at) else None

    def asking(self, question: Question | None) -> "Dialogue":
        return replace(self, question=question)

    def joined(self, later: "Dialogue") -> "Dialogue":
        """Of one person who was taken for two: what the later one says counts where it says something."""
        times = [
            max([at for at in pair if at], default=None)
            for pair in (
                (self.acknowledged_at, later.acknowledged_at),
                (self.in_contest_since, later.in_contest_since),
            )
        ]
        return Dialogue(
            question=later.question or self.question,
            last_case=later.last_case or self.last_case,
            acknowledged_at=times[0],
            in_contest_since=times[1],
            held_entries=tuple(dict.fromkeys((*self.held_entries, *later.held_entries))),
            courtesy_for=later.courtesy_for or self.courtesy_for,
            told_alert=later.told_alert or self.told_alert,
        )
