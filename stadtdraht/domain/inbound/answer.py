"""An answer: one outgoing message that follows from one incoming message, sent once by whoever claims it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AnswerRef:
    """Where an answer stands. `answer_id`: "{time of the cause}-{hash of cause and index}", so it sorts by time."""

    town: str
    citizen_id: str
    answer_id: str

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
