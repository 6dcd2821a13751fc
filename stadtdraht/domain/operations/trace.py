"""The way of one message or delivery: what it is asked by, what was found, and what was not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from stadtdraht.domain.delivery.delivery import MARK, DeliveryKey, Status
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import message_id

_CORRELATION = re.compile(r"[0-9a-f]{12}")
_MESSAGE = re.compile(r"(?:(?:message)#)?([0-9a-f]{24})")
_CAUSE = r"a\.\d{1,12}-[0-9a-f]{12}-\d{1,3}|[a-z-]{1,40}-[nad]-\d{8}-[a-z0-9]{1,20}"
_DELIVERY = re.compile(rf"(?:{MARK}:)?({_CAUSE}):([0-9a-f]{{20}})(?::(\d{{1,3}}))?(?::1)?")
_WAMID = re.compile(r"wamid\.[A-Za-z0-9+/=_-]{4,400}")


class NotTraceable(StadtdrahtError):
    """What was typed is none of the names that a message or delivery has."""

    def __init__(self, typed: str) -> None:
        shown = f"“{typed}”" if len(typed) <= 80 and typed.isprintable() else "this"  # noqa: PLR2004
        super().__init__(
            f"{shown} names no message: a wamid, an update's id (24 hex digits), a delivery (CAUSE:CITIZEN_ID or "
            "sd1:…), or the `correlation` of a log line (12 hex digits) is expected"
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about; exactly one of the three."""

    message_id: str = ""
    """Of a message that came in, or of one that went out: a wamid does not say which."""
    delivery: DeliveryKey | None = None
    correlation: str = ""

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Raises NotTraceable."""
        typed = typed.strip()
        if _WAMID.fullmatch(typed):
            return cls(message_id=message_id(typed))
        if found := _MESSAGE.fullmatch(typed):
            return cls(message_id=found[1])
        if _CORRELATION.fullmatch(typed):
            return cls(correlation=typed)
        if found := _DELIVERY.fullmatch(typed):
            return cls(delivery=DeliveryKey(found[1], found[2], int(found[3] or 1)))
        raise NotTraceable(typed)


class Source(StrEnum):
    """Where a step was read."""

    LOG = "log"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, or stands somewhere. Nothing here says who it was or what was written."""

    at: datetime | None
    source: Source
    where: str
    """The function, or the kind of row."""
    what: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Missing(StrEnum):
    """What was not found. What to do about it says who asks: for the command line, cli/operations/trace_advice.py."""

    LOG_LINES = "no log line of the last {days} days"
    MESSAGE = "no row of a message like that"
    EMPTIED = "its row was emptied"
    FOLLOW_UP = "not followed up"
    PERSON = "followed up, and in nobody’s conversation"
    ANSWER = "no answer to it"
    ANSWER_ROW = "no row of this answer"
    NOT_SENT = "answer {answer} has not gone out"
    LOST = "answer {answer}: Meta’s reply was lost"
    REFUSED = "answer {answer} was refused for good (code {code})"
    STATUS = "no status of answer {answer}"
    OLD_STATUS = "no status of answer {answer} any more"
    CAUSE = "there is no {cause}"
    SLICE = "no slice of {cause} holds this person"
    IN_LINE = "certainly not sent yet, and still in line"
    TURN = "its turn has not come"
    OUTCOME = "claimed, and nothing written down"
    DELIVERY_STATUS = "accepted, and no status"
    UNCLEAR = "its outcome stays unclear"
    DELIVERY_REFUSED = "Meta refused it"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing; `about` fills its text."""

    missing: Missing
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return self.missing.value.format_map(self.about)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a function's log, or of the API's access log."""

    at: datetime
    group: str
    """The end of its log group: the function's name."""
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TracedStatus:
    """One status of Meta's about an answer."""

    status: Status
    attempt: int
    at: datetime
    code: int | None = None


@dataclass(frozen=True, slots=True)
class TracedAnswer:
    """The row of an answer, without its words, and the statuses beside it."""

    answer_id: str
    message_id: str
    """Of the message that it answers; "" or another name where staff wrote it."""
    progress: str
    """waiting, claimed or done."""
    attempt: int
    outcome: str = ""
    code: int | None = None
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    sent_as: str = ""
    by_staff: bool = False
    statuses: tuple[TracedStatus, ...] = ()
