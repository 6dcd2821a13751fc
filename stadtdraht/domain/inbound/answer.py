"""An answer: one outgoing message that follows from one incoming message, sent once by whoever claims it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stadtdraht.domain.identifiers import short_digest


@dataclass(frozen=True, slots=True)
class AnswerRef:
    """Where an answer stands."""

    town: str
    citizen_id: str
    answer_id: str
    """"{seconds of its cause's time}-{12 hex digits}-{number}", so that answers sort by time."""

    @classmethod
    def new(cls, town: str, citizen_id: str, at: datetime, name: str, number: int = 0) -> "AnswerRef":
        """The same whoever makes it. `name` tells its cause from others; `number` counts the answers of one cause."""
        return cls(town, citizen_id, f"{int(at.timestamp())}-{short_digest(name)}-{number}")

    @property
    def cause(self) -> str:
        """The cause in the delivery key of an answer."""
        return f"a.{self.answer_id}"

    @property
    def at(self) -> datetime:
        """The time of the cause, to the second."""
        return datetime.fromtimestamp(int(self.answer_id.partition("-")[0]), UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: `body` is the type-specific part of a Cloud API message ({"type": "text", "text": {...}})."""

    ref: AnswerRef
    body: Mapping[str, Any]
    written_by: str = ""
    """As staff name themselves; "" for what the line says by itself."""
    released_by: str = ""
    """Who let it out."""
    written_by_id: str = ""
    """Their id, where they have one."""
    released_by_id: str = ""
    put_forward: str = ""
    """What who wrote it had put forward, signed, where who let it out changed that; "" where nobody did."""


@dataclass(frozen=True, slots=True)
class Send:
    """The claim is ours: send this, as this attempt, to this person."""

    answer: Answer
    to_user_id: str | None
    to_phone: str | None
    attempt: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody's attempt is open and its outcome unknown; look again after this many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing to do: sent, refused, or gone with its citizen."""


AnswerClaim = Send | Wait | Settled
