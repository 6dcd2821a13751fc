"""How much a phone number may carry: the strict second, and the pair rate."""

from collections import deque
from typing import Final

# Messages per second, in and out together, per throughput level; Meta, Throughput, 2026-01 (v24).
RATE_OF_LEVEL_MPS: Final = {"STANDARD": 80, "HIGH": 1000}
# One message per 6 s to the same person, 45 of them may be borrowed; Meta, About the platform, 2026-09-11.
PAIR_INTERVAL_S: Final = 6.0
PAIR_BURST: Final = 45


class SlidingSecond:
    """Counts what happened in the last second, to the instant: no buckets that a burst could straddle."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self.peak = 0

    def count(self, now: float) -> int:
        times = self._times
        while times and times[0] <= now - 1.0:
            times.popleft()
        return len(times)

    def add(self, now: float) -> None:
        self._times.append(now)
        self.peak = max(self.peak, self.count(now))


class Traffic:
    """One phone number's messages: everything counts against the limit, accepted sends make the peak."""

    def __init__(self) -> None:
        self._both_ways = SlidingSecond()
        self._sent = SlidingSecond()

    def has_room(self, now: float, rate_mps: int) -> bool:
        return self._both_ways.count(now) < rate_mps

    def sent(self, now: float) -> None:
        self._both_ways.add(now)
        self._sent.add(now)

    def received(self, now: float) -> None:
        """A citizen's message is never refused, but takes its place in the second."""
        self._both_ways.add(now)

    @property
    def peak_sent_1s(self) -> int:
        return self._sent.peak

    @property
    def peak_both_1s(self) -> int:
        return self._both_ways.peak


class PairRate:
    """The pair rate of all (phone number, person) pairs: a debt of 6 s per message, 45 of them at most."""

    def __init__(self) -> None:
        self._paid_off_at: dict[tuple[str, str], float] = {}

    def has_room(self, pair: tuple[str, str], now: float) -> bool:
        debt_s = max(self._paid_off_at.get(pair, 0.0) - now, 0.0)
        return debt_s <= (PAIR_BURST - 1) * PAIR_INTERVAL_S + 1e-6

    def sent(self, pair: tuple[str, str], now: float) -> None:
        self._paid_off_at[pair] = max(self._paid_off_at.get(pair, 0.0), now) + PAIR_INTERVAL_S
