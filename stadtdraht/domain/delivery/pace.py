"""The pace of a lane: what is left of its number, kept by GCRA that catches up with 20 ms at the most, and slower when
Meta throttles (AIMD).

Meta counts messages in and out together, in any second. What others take is known from the messages that came in
lately; what the network presses together, from how differently answers take their time. Both are chance, so that
three standard deviations stay free (decisions 0003 and 0016).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt

MOST_SHARE = 0.95  # of a number, however quiet it is
LEAST_SHARE = 0.5  # of a number, however many write: a newsletter ends
USUAL_SHARE = 0.9  # what a run makes of it on a usual network, for estimates
FIRST_SHARE = 1 - MOST_SHARE  # of an alert, until newsletters have yielded: what they leave free at least
NEWSLETTERS_YIELD_S = 0.6  # after a press: its transaction, their next look, and what was just on its way
SPREADS_FREE = 3  # standard deviations
BOTH_ENDS_MPS = 1  # a second that begins and ends with a message holds one more than its pace
IN_AND_OUT = 2  # whoever writes gets an answer
PAIRS_VARY = 3.5  # times the mean of what came in: 2 if no answer falls into its message's second, 4 if every one does
ONE_WAY = 0.75  # of the round trip's jitter: two ways that vary alike have √½ of it each
LATELY = timedelta(seconds=2)
JUST_NOW = timedelta(seconds=1)

CATCH_UP_S = 0.02
SLOWER = 0.75
FASTER_PER_S = 0.05  # of the target, added back for each second without a throttle
SLOWEST_SHARE = 0.05
SLOWEST_MPS = 0.5
ONE_STEP_S = 1.0  # several throttles of one second are one sign


@dataclass(frozen=True, slots=True)
class Arrival:
    """Messages of citizens that one webhook brought."""

    at: datetime
    messages: int


def heard_mps(arrivals: Iterable[Arrival], now: datetime) -> float:
    """Messages a second that came in lately; of the last second alone where it brought more, as waves begin."""
    lately = [it for it in arrivals if now - it.at <= LATELY]
    just_now = sum(it.messages for it in lately if now - it.at <= JUST_NOW)
    return max(just_now / JUST_NOW.total_seconds(), sum(it.messages for it in lately) / LATELY.total_seconds())


def room_mps(rate_mps: int, heard_mps: float, jitter_s: float) -> float:
    """What is left of a number that may carry `rate_mps`, for all its lanes together.

    heard_mps: messages that come in a second. jitter_s: by which two round trips differ.
    """
    variance = PAIRS_VARY * heard_mps + rate_mps * ONE_WAY * jitter_s
    left_mps = rate_mps - BOTH_ENDS_MPS - IN_AND_OUT * heard_mps - SPREADS_FREE * sqrt(variance)
    return max(LEAST_SHARE * rate_mps, min(MOST_SHARE * rate_mps, left_mps))


def pace_mps(all_lanes_mps: float, lanes: int) -> float:
    """One lane's part."""
    return max(SLOWEST_MPS, all_lanes_mps / lanes)


@dataclass(slots=True)
class Jitter:
    """By how much one round trip differs from the one before, in seconds: a running mean, as of RFC 3550, 6.4.1."""

    mean_s: float = 0.05  # of a usual network, until some were seen
    _last_s: float | None = None

    def see(self, round_trip_s: float) -> None:
        if self._last_s is not None:
            self.mean_s += (abs(round_trip_s - self._last_s) - self.mean_s) / 16
        self._last_s = round_trip_s


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
