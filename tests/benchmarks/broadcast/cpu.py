"""CPU of the sender's process for a message, over a bare loop at the same pace (lane.py).

Both live in this process and take turns of some messages each (tests/benchmarks/turns.py): in the middle of its slice a
side's clock stands still, what it has sent is answered and written down, and then it is the other one's turn. So each
turn is a piece of a long run, with its share of claims, outcomes and looks at the control item.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from stadtdraht.domain.delivery.slices import BLOCK
from stadtdraht.usecases.delivery.protocol import Clock
from tests.benchmarks.broadcast import newsletters
from tests.benchmarks.broadcast.lane import Side, bare, least, real
from tests.benchmarks.broadcast.pace import graph_api
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.turns import by_turns, cpu_ms

TIMES = 1.3
MESSAGES = 2 * BLOCK  # of a turn
TURNS = 45
ANSWERED_WITHIN_S = 0.25  # the Graph API takes 0.12 s, the table 5 ms
RATE_MPS = 80


class Turn:
    """Lets a side send MESSAGES at a time; its clock stands still in between."""

    def __init__(self, side: Side) -> None:
        self._side, self._left, self._stood_s = side, 0, 0.0
        self._go, self._done = asyncio.Event(), asyncio.Event()
        self._work: asyncio.Task[int] | None = None

    async def take(self) -> None:
        self._work = self._work or asyncio.ensure_future(self._side(Clock(self._now, self._monotonic_s, self._wait)))
        self._left = MESSAGES
        self._done.clear()
        self._go.set()
        ended = asyncio.ensure_future(self._done.wait())
        await asyncio.wait([self._work, ended], return_when=asyncio.FIRST_COMPLETED)
        assert ended.done(), self._work.exception() or "the lane has too few people for so many turns"
        await asyncio.sleep(ANSWERED_WITHIN_S)

    async def end(self) -> None:
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _wait(self, seconds: float) -> None:
        """Before each message: for its slot, and at the end of a turn for the next one."""
        if not self._left:
            self._go.clear()
            self._done.set()
            stopped_s = time.monotonic()
            await self._go.wait()
            self._stood_s += time.monotonic() - stopped_s
        self._left -= 1
        await asyncio.sleep(seconds)

    def _monotonic_s(self) -> float:
        return time.monotonic() - self._stood_s

    @staticmethod
    def _now() -> datetime:
        return datetime.now(UTC)


def figures() -> Sequence[Figure]:
    """Of a number that may carry RATE_MPS."""
    name = f"a lane of {RATE_MPS}/s"
    made = newsletters.planned(2 * (TURNS + 2) * MESSAGES, RATE_MPS)
    with graph_api(RATE_MPS) as url, asyncio.Runner() as loop:
        ours, alone, loop_of_httpx = sides = [Turn(side(url, made, 0, RATE_MPS)) for side in (real, least, bare)]

        def turn_of(side: Turn) -> Callable[[], float]:
            return lambda: cpu_ms(lambda: loop.run(side.take()))

        taken = by_turns({"sender": turn_of(ours), "aiohttp": turn_of(alone)}, turn_of(loop_of_httpx), TURNS)
        for side in sides:
            loop.run(side.end())
    sender, aiohttp = taken["sender"], taken["aiohttp"]
    return [
        Figure(f"{name}, CPU of the sender", sender.ours_ms / MESSAGES, "ms per message"),
        Figure(f"{name}, CPU of a bare loop", sender.floor_ms / MESSAGES, "ms per message"),
        Figure(f"{name}, sender over bare loop", sender.ratio, "times", TIMES, sender.quartiles),
        Figure(f"{name}, a loop of aiohttp alone", aiohttp.ratio, "times the bare loop", None, aiohttp.quartiles),
    ]
