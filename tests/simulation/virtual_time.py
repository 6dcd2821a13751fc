"""An event loop whose clock jumps to the next thing that happens: minutes of pacing take milliseconds."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tests.support.builders.delivery import NOON

T = TypeVar("T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """Starts at 0 s; nothing in it waits for real."""

    now_s = 0.0

    def time(self) -> float:
        return self.now_s

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self.now_s = max(self.now_s, self._scheduled[0]._when)
        super()._run_once()

    def utc(self) -> datetime:
        return NOON + timedelta(seconds=self.now_s)


def run(work: Coroutine[Any, Any, T], loop: VirtualLoop) -> T:
    try:
        return loop.run_until_complete(work)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
