"""Stores what one message or one act of staff changes, against others who change the same at the same moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.turn import Committed, Overtaken, Turn

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import AnswerQueue, Citizens

T = TypeVar("T")
TRIES = 6
FIRST_PAUSE_S = 0.02  # about what a transaction takes; doubling, 0.6 s in all at most


class KeepsChanging(StadtdrahtError):
    """Somebody else was faster at every try."""


def until_stored(attempt: Callable[[int], T | Overtaken], pause: Callable[[float], None] = time.sleep) -> T | Overtaken:
    """Tries again while others are faster. `attempt` gets its number, loads anew, decides anew and stores.

    Between tries it waits, longer each time and never as long as another that lost the same race: without a pause all
    tries may fall into one transaction of somebody else. Overtaken: they were faster at every try.
    """
    for number in range(TRIES):
        if number:
            pause(FIRST_PAUSE_S * 2 ** (number - 1) * random.uniform(0.5, 1))  # noqa: S311 - guards nothing
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
