"""Records of a queue or a stream, each by itself: one that fails comes back alone and holds back no other.

Powertools' BatchProcessor does as much. Its import costs a tenth of a bare client's on top (this file: nothing to
measure), and it logs the messages of errors, which may quote a citizen.
"""

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from aws_lambda_powertools import Logger

from stadtdraht.observability import count, error_place

Record = Mapping[str, Any]


def failures(records: Iterable[Record], settle: Callable[[Record], bool]) -> dict[str, Any]:
    """What Lambda tells the queue: records that `settle` did not settle come back."""
    return come_back(record for record in records if not settle(record))


def come_back(records: Iterable[Record]) -> dict[str, Any]:
    """What Lambda tells the queue when these records are to come back."""
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in records]}


class Guard:
    """Around the work on one record: an error is logged, without its message; then it goes on behind.

    what: the line in the log, with `about` as its fields. metric: counted as well, where an alarm waits for it; else
    the queue's dead letters tell.
    """

    def __init__(self, log: Logger, what: str, metric: str = "", **about: Any) -> None:
        self._log, self._what, self._metric, self._about = log, what, metric, about

    def __enter__(self) -> None: ...

    def __exit__(self, _: type[BaseException] | None, why: BaseException | None, __: TracebackType | None) -> bool:
        if not isinstance(why, Exception):  # whatever it is, but for the end of the process
            return False
        self._log.error(self._what, **self._about, why=error_place(why))
        if self._metric:
            count(self._metric)
        return True
