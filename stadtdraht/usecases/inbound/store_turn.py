"""Stores what one message or one act of staff changes, against others who change the same at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.turn import Committed, Overtaken, Turn

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import AnswerQueue, Citizens

T = TypeVar("T")
TRIES = 5


class KeepsChanging(StadtdrahtError):
    """Somebody else was faster at every try."""


def until_stored(attempt: Callable[[int], T | Overtaken]) -> T | Overtaken:
    """Tries again while others are faster. `attempt` gets its number, loads anew, decides anew and stores.

    Overtaken: they were faster at every try.
    """
    for number in range(TRIES):
        if not isinstance(done := attempt(number), Overtaken):
            return done
    return Overtaken()


def store_turn(turn: Turn, citizens: Citizens, queue: AnswerQueue) -> bool:
    """Stores an act of staff and hands its answers on; False when somebody was faster."""
    match citizens.commit(turn):
        case Committed(answers=refs):
            queue.put(refs)
            return True
    return False
