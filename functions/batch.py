"""Records of a queue or a stream, each by itself: one that fails comes back alone and holds back no other.

Powertools' BatchProcessor does as much. Its import costs a tenth of a bare client's on top (this file: nothing to
measure), and it logs the messages of errors, which may quote a citizen.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from stadtdraht.domain.errors import NotOurs
from stadtdraht.observability import count, error_place

if TYPE_CHECKING:
    from stadtdraht.domain.town import Town
    from stadtdraht.ports.towns import TownSettings

Record = Mapping[str, Any]
RECORD_S = 5.0  # a message takes a twentieth of it
HAND_ON_S = 10.0  # what a hundred records take on their way to another queue


@dataclass(frozen=True, slots=True)
class TownsOfABatch:
    """Settings of towns, each read once for the records of one invocation: nearly all of them are of one town."""

    towns: "TownSettings"
    _read: dict[str, "Town"] = field(default_factory=dict)

    def get(self, town: str) -> "Town":
        """Raises UnknownTown."""
        if town not in self._read:
            self._read[town] = self.towns.get(town)
        return self._read[town]


def failures(records: Iterable[Record], settle: Callable[[Record], bool], log: Logger) -> dict[str, Any]:
    """What Lambda tells the queue: records that `settle` did not settle come back, as those that are none of ours."""
    return come_back(record for record in records if not _settled(record, settle, log))


def _settled(record: Record, settle: Callable[[Record], bool], log: Logger) -> bool:
    try:
        return settle(record)
    except NotOurs as why:  # no error of the function's: the message ends in the dead letters, which have an alarm
        log.error("a record that is none of ours", record=_name(record), why=str(why))  # noqa: TRY400
        return False


def come_back(records: Iterable[Record]) -> dict[str, Any]:
    """What Lambda tells the queue when these records are to come back."""
    return {"batchItemFailures": [{"itemIdentifier": _name(record)} for record in records]}


def _name(record: Record) -> str:
    """Of a queue's message, or of the stream's record; "": Lambda takes it for the whole batch, which comes back."""
    return str(record.get("messageId") or (record.get("dynamodb") or {}).get("SequenceNumber") or "")


class TookTooLong(BaseException):
    """A record has used up its time. No `except Exception` on the way, of ours or of a library, swallows it."""


def seconds_for_one(context: object) -> float:
    """Time for the next record of a batch; 0 when the function has so little left that the rest must be handed on."""
    remaining_ms = getattr(context, "get_remaining_time_in_millis", None)
    return min(RECORD_S, max(0.0, remaining_ms() / 1000 - HAND_ON_S)) if remaining_ms else RECORD_S


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Raises TookTooLong when the work inside has not ended by then.

    By the timer of the process, since nothing else ends a pattern or a loop that runs wild, while a thread of its own
    would cost every record, and a process as well. Lambda calls a handler in the main thread; in others nothing rings.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Guard:
    """Around the work on one record: an error is logged, without its message; then it goes on behind.

    what: the line in the log, with `about` as its fields. metric: counted as well, where an alarm waits for it; else
    the queue's dead letters tell, as they do of what is none of ours.
    """

    def __init__(self, log: Logger, what: str, metric: str = "", **about: Any) -> None:
        self._log, self._what, self._metric, self._about = log, what, metric, about

    def __enter__(self) -> None: ...

    def __exit__(self, _: type[BaseException] | None, why: BaseException | None, __: TracebackType | None) -> bool:
        if not isinstance(why, Exception | TookTooLong):  # whatever it is, but for the end of the process
            return False
        self._log.error(self._what, **self._about, why=error_place(why))
        if self._metric and not isinstance(why, NotOurs):
            count(self._metric)
        return True
