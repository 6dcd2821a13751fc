"""Two sides of a ratio take turns: short ones, many of them, each right beside one of the other side.

Others work on the machine too. Two neighbouring turns meet it in the same state, so that their ratio says more than
each side's time does; the median of these ratios leaves out the moments that struck one side alone, and the quartiles
say how far the turns agree. A side says what a turn took as CPU of its process, never as time on the wall.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

Turn = Callable[[], float]
"""Takes one turn; returns the CPU it took, in ms."""


@dataclass(frozen=True)
class Turns:
    """CPU of one side's turns in ms, each with that of the floor's turn right beside it."""

    pairs: Sequence[tuple[float, float]]

    @property
    def ours_ms(self) -> float:
        return median(ours for ours, _ in self.pairs)

    @property
    def floor_ms(self) -> float:
        return median(floor for _, floor in self.pairs)

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return median(self._ratios)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Of the ratios: half of them lie between."""
        first, _, third = quantiles(self._ratios, n=4)
        return first, third

    @property
    def _ratios(self) -> Sequence[float]:
        return [ours / floor for ours, floor in self.pairs]


def by_turns(sides: Mapping[str, Turn], floor: Turn, turns: int, warm_up: int = 1) -> Mapping[str, Turns]:
    """Every side `turns` times, each beside a turn of the floor; who goes first changes from turn to turn, so that
    neither always comes after the other. warm_up: turns before them that do not count.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    with _on_one_processor():
        for number in range(warm_up + turns):
            for name, ours in sides.items():
                taken[name].append(_pair(ours, floor) if number % 2 else _pair(floor, ours)[::-1])
    return {name: Turns(pairs[warm_up:]) for name, pairs in taken.items()}


def cpu_ms(work: Callable[[], Any]) -> float:
    """CPU of this process, all its threads, while it does this."""
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e6


@contextmanager
def _on_one_processor() -> Iterator[None]:
    """As on Lambda, where most functions have no more; and no thread's work waits for another processor's cache. Who is
    started meanwhile stays there too. Only Linux can say so.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def _pair(first: Turn, second: Turn) -> tuple[float, float]:
    return first(), second()
