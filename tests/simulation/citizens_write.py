"""A newsletter while citizens write: Meta counts their messages and our answers in the same second.

`python -m tests.simulation.citizens_write` prints what decision 0016 rests on.
"""

import asyncio
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from unittest import mock

from stadtdraht.domain.delivery import pace
from stadtdraht.domain.delivery.pace import Arrival
from stadtdraht.usecases.delivery import send_slice
from tests.simulation.virtual_time import VirtualLoop, run
from tests.simulation.world import Way, World

PEOPLE, RATE_MPS = 2_000, 80
STORED_AFTER_S = 0.08, 0.3  # from Meta's count to the webhook's row
ANSWERED_AFTER_S = 0.15, 0.5  # from there to the answer's arrival
TRIED_AGAIN_AFTER_S = 1.0, 2.0
WAVE, WAVE_S = 40, 10.0

Times = Callable[[random.Random, float], Iterator[float]]
"""Takes the dice and how long the newsletter may last; gives the moments at which somebody writes."""


def nobody(_: random.Random, __: float) -> Iterator[float]:
    return iter(())


def steadily(mps: float) -> Times:
    def times(dice: random.Random, lasts_s: float) -> Iterator[float]:
        at_s = dice.expovariate(mps)
        while at_s < 2 * lasts_s:
            yield at_s
            at_s += dice.expovariate(mps)

    return times


def a_wave(dice: random.Random, lasts_s: float) -> Iterator[float]:
    """They begin to answer at some moment, most of them after a few seconds."""
    begins_s = dice.uniform(0, lasts_s / 2)
    return (begins_s + WAVE_S * dice.betavariate(1.5, 2.5) for _ in range(WAVE))


def _usual(dice: random.Random) -> float:
    """Of a round trip with a median of 120 ms and 340 ms at the 99th of a hundred (docs/decisions/0016)."""
    return 0.06 * exp(0.448 * dice.gauss(0, 1))


def _steady(dice: random.Random) -> float:
    return 0.06 + dice.uniform(0, 0.005)


PATTERNS: dict[str, Times] = {
    "nobody writes": nobody,
    "two a second": steadily(2),
    "six a second": steadily(6),
    "a wave of 40": a_wave,
}
NETWORKS: dict[str, Way] = {"steady network": _steady, "usual network": _usual}


@dataclass(frozen=True, slots=True)
class Day:
    """What became of a newsletter."""

    times_the_bound: float
    """From the first to the last message, over N / R."""
    throttled: int
    answers_throttled: int
    peak_1s: int
    """Of the newsletter alone."""


def day(seed: int, times: Times, way: Way, people: int = PEOPLE, rate_mps: int = RATE_MPS) -> Day:
    dice, loop = random.Random(seed), VirtualLoop()
    world = World(loop, dice, people=people, rate_mps=rate_mps)
    world.meta.there = world.meta.back = way
    lasts_s = people / rate_mps

    async def write(at_s: float) -> None:
        await asyncio.sleep(at_s)
        world.meta.receive()
        await asyncio.sleep(dice.uniform(*STORED_AFTER_S))
        world.arrivals.noted.append(Arrival(loop.utc(), 1))
        await asyncio.sleep(dice.uniform(*ANSWERED_AFTER_S))
        for _ in iter(world.meta.answer, True):
            await asyncio.sleep(dice.uniform(*TRIED_AGAIN_AFTER_S))

    async def whole() -> None:
        writing = [asyncio.ensure_future(write(at_s)) for at_s in times(dice, lasts_s)]
        world.start()
        await world.run()
        for one in writing:
            one.cancel()

    run(whole(), loop)
    sent = [at for at, _ in world.meta.ledger]
    assert len({who for _, who in world.meta.ledger}) == len(sent)
    lasted_s = max(sent) - min(sent)
    return Day(lasted_s / lasts_s, world.meta.throttled, world.meta.throttled_answers, world.meta.peak_1s)


def days(seeds: Sequence[int], times: Times, way: Way, **of: int) -> list[Day]:
    return [day(seed, times, way, **of) for seed in seeds]


def at_a_fixed_pace(rate_mps: int, _heard_mps: float, _jitter_s: float) -> float:
    """What was done before: nine tenths, whoever writes and whatever the network is like."""
    return min(0.9 * rate_mps, rate_mps - 3)


def main(seeds: int = 24) -> None:
    ways_of_pacing = {"fixed": at_a_fixed_pace, "what is left": pace.room_mps}
    for name, way in NETWORKS.items():
        for pattern, times in PATTERNS.items():
            for pacing, room in ways_of_pacing.items():
                for faster in (0.02, 0.05):
                    with (
                        mock.patch.object(send_slice, "room_mps", room),
                        mock.patch.object(pace, "FASTER_PER_S", faster),
                    ):
                        found = days(range(seeds), times, way)
                    lasted = statistics.mean(it.times_the_bound for it in found)
                    refused = 100 * sum(it.throttled for it in found) / PEOPLE / seeds
                    answers = sum(it.answers_throttled for it in found) / seeds
                    print(
                        f"{name} | {pattern} | {pacing}, {faster:.0%}/s back | {lasted:.3f} | {refused:.3f} % | "
                        f"{answers:.1f} | {max(it.peak_1s for it in found)}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
