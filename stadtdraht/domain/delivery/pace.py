"""The pace of a lane: GCRA that catches up with 20 ms at the most, slower when Meta throttles (AIMD).

Pacing at R itself rejects a message for every one sent; at 0.9 R none. A claim between two blocks takes a few
milliseconds; made up for, a run lasts nearly as long as its pace says, and the peak second stays below R
(decision 0003). Of a slow number, 3 messages a second stay free whatever the share.
"""

from dataclasses import dataclass, field

NEWSLETTER_SHARE = 0.9  # a tenth stays free for answers and for the first moments of a crisis
CRISIS_SHARE = 0.95  # once newsletters have yielded
NEWSLETTERS_YIELD_S = 0.6  # after a press: its transaction, their next look, and what was just on its way
CATCH_UP_S = 0.02
FREE_MPS = 3  # both ends of a second count, and so does what the network presses together
SLOWER = 0.75
FASTER_PER_S = 0.02  # of the target, added back for each second without a throttle
SLOWEST_SHARE = 0.05
SLOWEST_MPS = 0.5
ONE_STEP_S = 1.0  # several throttles of one second are one sign


def pace_mps(rate_mps: int, share: float, lanes: int) -> float:
    """One lane's part of a number that may carry `rate_mps`."""
    return max(SLOWEST_MPS, min(rate_mps * share, rate_mps - FREE_MPS) / lanes)


@dataclass(slots=True)
class Pacer:
    """Slots of one lane on a monotonic clock in seconds. `target_mps` may change; the next slot heeds it."""

    target_mps: float
    _factor: float = 1.0
    _last_s: float = field(default=float("-inf"))
    _slowed_at_s: float = field(default=float("-inf"))
    _grown_at_s: float = field(default=float("-inf"))

    def take(self, now_s: float) -> float:
        """Takes the next slot; returns the seconds to wait for it. Time not used is lost, but for CATCH_UP_S."""
        self._grow(now_s)
        self._last_s = max(now_s - CATCH_UP_S, self._last_s + 1 / self.mps)
        return max(0.0, self._last_s - now_s)

    def throttled(self, now_s: float) -> None:
        """Meta said that the number is too fast."""
        if now_s - self._slowed_at_s >= ONE_STEP_S:
            self._factor = max(SLOWEST_SHARE, self._factor * SLOWER)
            self._slowed_at_s = self._grown_at_s = now_s

    @property
    def mps(self) -> float:
        return self.target_mps * self._factor

    def _grow(self, now_s: float) -> None:
        if self._factor < 1 and now_s - self._grown_at_s >= ONE_STEP_S:
            self._factor = min(1.0, self._factor + FASTER_PER_S * (now_s - self._grown_at_s))
            self._grown_at_s = now_s
