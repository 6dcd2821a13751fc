"""The bodies of our queues' messages, written and read here alone, so that both ends agree.

`v` is the version of the form: a message written before a deploy is still read after it. A body that none of ours
wrote raises NotOurs, before anything is done by it; its message ends in the dead-letter queue.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from stadtdraht.domain.delivery.slices import MAX_LANES, Purpose, Slice
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.inbound.inbox import UpdateKind

LONGEST_BYTES = 900  # of one part: two of them still make a key that the table takes
MOST = 10**9  # recipients, slices, attempts
YEARS = range(2000, 9000)  # of a time that is added to, in whatever zone


def slice_to_body(work_slice: Slice, handbacks: int) -> str:
    return json.dumps({"v": 1, "turn": handbacks, **asdict(work_slice)})


def slice_from_body(body: object) -> Slice:
    """Raises NotOurs."""
    read = _Body(body)
    work_slice = Slice(
        town=read.text("town"),
        cause=read.text("cause"),
        purpose=Purpose(read.one_of("purpose", Purpose)),
        phone_number_id=read.text("phone_number_id"),
        lane=read.number("lane"),
        lanes=read.number("lanes"),
        seq=read.number("seq"),
        after=read.text("after", or_empty=True),
        upto=read.text("upto"),
        count=read.number("count"),
    )
    if not work_slice.lane < work_slice.lanes <= MAX_LANES:
        raise NotOurs(f"lane {work_slice.lane} of {work_slice.lanes}")
    return work_slice


@dataclass(frozen=True, slots=True)
class AnswerJob:
    """One answer to send: the key of its row."""

    town: str
    citizen_id: str
    answer_id: str

    @property
    def ref(self) -> AnswerRef:
        return AnswerRef(self.town, self.citizen_id, self.answer_id)

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: object) -> Self:
        """Raises NotOurs."""
        read = _Body(body)
        return cls(read.text("town"), read.text("citizen_id"), read.text("answer_id"))


@dataclass(frozen=True, slots=True)
class RetryJob:
    """One stored update to follow up again."""

    town: str
    shard: str
    key: str
    kind: str = "message"

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: object) -> Self:
        """Raises NotOurs."""
        read = _Body(body)
        kind = read.one_of("kind", UpdateKind, otherwise=UpdateKind.MESSAGE)
        return cls(read.text("town"), read.text("shard"), read.text("key"), kind)


@dataclass(frozen=True, slots=True)
class RecheckJob:
    """Recipients of an alert whose outcome was unknown at this attempt."""

    town: str
    cause: str
    citizen_ids: tuple[str, ...]
    attempt: int

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: object) -> Self:
        """Raises NotOurs."""
        read = _Body(body)
        return cls(read.text("town"), read.text("cause"), read.texts("citizen_ids"), read.number("attempt"))


@dataclass(frozen=True, slots=True)
class ErasureJob:
    """One person to erase. requested_at: ISO 8601, with its zone."""

    town: str
    citizen_id: str
    requested_at: str

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: object) -> Self:
        """Raises NotOurs."""
        read = _Body(body)
        return cls(read.text("town"), read.text("citizen_id"), read.instant("requested_at"))


@dataclass(frozen=True, slots=True)
class MediaJob:
    """One file to fetch: the key of its row."""

    town: str
    citizen_id: str
    wamid: str

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: object) -> Self:
        """Raises NotOurs."""
        read = _Body(body)
        return cls(read.text("town"), read.text("citizen_id"), read.text("wamid"))


class _Body:
    """The parts of one message's body, each of the type that it must have. Everything raises NotOurs."""

    def __init__(self, body: object) -> None:
        try:
            values = json.loads(body) if isinstance(body, str) else None
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            raise NotOurs("a message's body is no JSON object")
        self._values: dict[str, Any] = values

    def text(self, name: str, *, or_empty: bool = False) -> str:
        return _text(name, self._values.get(name), or_empty=or_empty)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._values.get(name)
        if not isinstance(values, list):
            raise NotOurs(f"{name} of a message's body is no list")
        return tuple(_text(name, value) for value in values)

    def number(self, name: str) -> int:
        value = self._values.get(name)
        if type(value) is not int or not 0 <= value <= MOST:
            raise NotOurs(f"{name} of a message's body is no number that it can be")
        return value

    def one_of(self, name: str, words: type[Purpose | UpdateKind], otherwise: str = "") -> str:
        value = self._values.get(name, otherwise)
        if value not in tuple(words):
            raise NotOurs(f"{name} of a message's body is none of its words")
        return str(value)

    def instant(self, name: str) -> str:
        text = self.text(name)
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None or at.year not in YEARS:
            raise NotOurs(f"{name} of a message's body is no time with its zone")
        return text


def _text(name: str, value: object, *, or_empty: bool = False) -> str:
    """A text that can be part of a key."""
    fits = isinstance(value, str) and len(value.encode("utf-8", "replace")) <= LONGEST_BYTES
    if not fits or not (value or or_empty) or _is_torn(str(value)):
        raise NotOurs(f"{name} of a message's body is no text that it can be")
    return str(value)


def _is_torn(text: str) -> bool:
    """Whether it holds half a surrogate pair, which no table takes."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
