"""The bodies of our queues' messages, written and read here alone, so that both ends agree.

`v` is the version of the form: a message written before a deploy is still read after it.
"""

import json
from dataclasses import asdict, dataclass
from typing import Self

from stadtdraht.domain.delivery.slices import Purpose, Slice


def slice_to_body(work_slice: Slice, handbacks: int) -> str:
    return json.dumps({"v": 1, "turn": handbacks, **asdict(work_slice)})


def slice_from_body(body: str) -> Slice:
    """Raises KeyError, TypeError or ValueError for a body that is none of ours: it ends in the dead-letter queue."""
    values = {name: value for name, value in json.loads(body).items() if name not in ("v", "turn")}
    return Slice(**{**values, "purpose": Purpose(values["purpose"])})


@dataclass(frozen=True, slots=True)
class AnswerJob:
    """One answer to send: the key of its row."""

    town: str
    citizen_id: str
    answer_id: str

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: str) -> Self:
        values = json.loads(body)
        return cls(values["town"], values["citizen_id"], values["answer_id"])


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
    def parse(cls, body: str) -> Self:
        values = json.loads(body)
        return cls(values["town"], values["shard"], values["key"], values.get("kind", "message"))


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
    def parse(cls, body: str) -> Self:
        values = json.loads(body)
        return cls(values["town"], values["cause"], tuple(values["citizen_ids"]), values["attempt"])


@dataclass(frozen=True, slots=True)
class ErasureJob:
    """One person to erase. requested_at: ISO 8601."""

    town: str
    citizen_id: str
    requested_at: str

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: str) -> Self:
        values = json.loads(body)
        return cls(values["town"], values["citizen_id"], values["requested_at"])


@dataclass(frozen=True, slots=True)
class MediaJob:
    """One file to fetch: the key of its row."""

    town: str
    citizen_id: str
    wamid: str

    def body(self) -> str:
        return json.dumps({"v": 1, **asdict(self)})

    @classmethod
    def parse(cls, body: str) -> Self:
        values = json.loads(body)
        return cls(values["town"], values["citizen_id"], values["wamid"])
