"""Work that waits, and work that was given up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stadtdraht.domain.operations.finding import Finding, Remedy, fail, ok, warn

OF_WORK: Final = (
    *("newsletter", "crisis", "crisis_recheck"),
    *("answers", "inbound_retry", "second_names", "media", "erasure"),
)
OF_NO_QUEUE: Final = ("inbound_stream", "events")  # dead letters alone, which nothing takes back
URGENT: Final = frozenset({"crisis", "crisis_recheck", "inbound_stream"})  # as their alarms are
MANY: Final = 1_000
REMEDIES: Final = {"inbound_stream": Remedy.FOLLOW_UP, "events": Remedy.START_BY_HAND}


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue, and what lies in its dead letters."""

    name: str
    dead: int
    waiting: int | None = None
    """None: of no queue."""


def queue_checks(queues: Iterable[Queue]) -> Iterator[Finding]:
    """One line for each."""
    for it in queues:
        what, lies = f"queue {it.name}", f"{it.dead} given up"
        found = lies if it.waiting is None else f"{it.waiting} waiting, {lies}"
        if it.dead:
            yield (fail if it.name in URGENT else warn)(what, found, REMEDIES.get(it.name, Remedy.REDRIVE), it.name)
        elif (it.waiting or 0) >= MANY:
            yield warn(what, found, Remedy.WAITING)
        else:
            yield ok(what, found)
