"""Webhooks on their way out: posted until answered with 200, for up to seven days."""

import asyncio
import contextlib
import heapq
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

KEPT_S: Final = 7 * 24 * 3600  # Meta, Create a webhook endpoint, 2026-09-11
LONGEST_PAUSE_S: Final = 60.0
_log = logging.getLogger(__name__)

# Posts the bytes with their signature; answers the HTTP status, or None when nobody answered.
Post = Callable[[bytes], Awaitable[int | None]]
Clock = Callable[[], float]


@dataclass(slots=True)
class Parcel:
    """One POST. The same bytes are sent each time; `pause_s` doubles after every failure."""

    body: bytes
    first_due: float
    attempts: int = 0
    unreachable: bool = False

    @property
    def pause_s(self) -> float:
        return min(2.0 ** max(self.attempts - 1, 0), LONGEST_PAUSE_S)


class WebhookQueue:
    """Parcels by the time they are next due. A crowd waits when the receiver is slow; none is lost."""

    def __init__(self, post: Post, clock: Clock) -> None:
        self._post = post
        self._clock = clock
        self._waiting: list[tuple[float, int, Parcel]] = []
        self._count = 0
        self._in_flight: dict[int, Parcel] = {}
        self._changed = asyncio.Event()
        self.delivered = 0
        self.failed_attempts = 0

    def __len__(self) -> int:
        return len(self._waiting) + len(self._in_flight)

    def add(self, body: bytes) -> None:
        now = self._clock()
        self._wait_until(now, Parcel(body, now))

    def parcels(self) -> list[Parcel]:
        """Everything not yet answered with 200, oldest first: what a restart has to bring out again."""
        waiting = [parcel for _, _, parcel in self._waiting]
        return sorted([*self._in_flight.values(), *waiting], key=lambda parcel: parcel.first_due)

    def put_back(self, parcel: Parcel) -> None:
        self._wait_until(self._clock(), parcel)

    async def work(self) -> None:
        """One worker; several may run. Ends only by being cancelled."""
        while True:
            pause_s = await self.step()
            if pause_s is None:
                continue
            self._changed.clear()
            # Not wait_for: in Python 3.11 it can swallow the cancellation that ends this worker.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await self._changed.wait()

    async def step(self) -> float | None:
        """Post the next due parcel; None when one was posted, else the seconds until the next is due."""
        now = self._clock()
        if not self._waiting:
            return 60.0
        if self._waiting[0][0] > now:
            return min(self._waiting[0][0] - now, 60.0)
        _, number, parcel = heapq.heappop(self._waiting)
        self._in_flight[number] = parcel
        try:
            status = await self._post(parcel.body)
        finally:
            del self._in_flight[number]
        parcel.attempts += 1
        self._settle(parcel, status)
        return None

    def _settle(self, parcel: Parcel, status: int | None) -> None:
        now = self._clock()
        if status == 200:  # noqa: PLR2004
            self.delivered += 1
        else:
            self.failed_attempts += 1
            if now - parcel.first_due > KEPT_S:
                _log.warning("webhook dropped after seven days, attempts=%d", parcel.attempts)
            else:
                parcel.unreachable = status is None
                self._wait_until(now + parcel.pause_s, parcel)
        if status is not None:
            self._hurry_what_nobody_took(now)

    def _hurry_what_nobody_took(self, now: float) -> None:
        """The receiver answers again: what found no receiver at all need not wait out its pause."""
        if not any(parcel.unreachable for _, _, parcel in self._waiting):
            return
        waiting = []
        for due, number, parcel in self._waiting:
            waiting.append((min(due, now) if parcel.unreachable else due, number, parcel))
            parcel.unreachable = False
        heapq.heapify(waiting)
        self._waiting = waiting
        self._changed.set()

    def _wait_until(self, due: float, parcel: Parcel) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (due, self._count, parcel))
        self._changed.set()
