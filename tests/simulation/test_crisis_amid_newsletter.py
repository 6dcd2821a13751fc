"""An alert while a newsletter of the same number goes out: the number changes hands at once, and comes back at once."""

import asyncio
import random
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from stadtdraht.domain.delivery.pace import NEWSLETTERS_YIELD_S
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.usecases.crisis.raise_alert import alert_slices
from tests.simulation.test_crisis import CrisisWorld, nobody_is_lost_before_the_end
from tests.simulation.test_delivery import all_is_accounted_for, every, seeds
from tests.simulation.virtual_time import VirtualLoop, run
from tests.simulation.world import World
from tests.support.builders.crisis import LEASED, a_trigger
from tests.support.builders.delivery import NOON, person
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.controls import FakeControls

A_TWENTIETH = 20  # of the days that the delivery simulation has; each is two of its days
GOES_ON_WITHIN_S = 1.0
THROTTLED_AT_MOST = 10


@dataclass
class WatchedControls(FakeControls):
    """Keeps when leases began and ended, and whether an alert had ended when its own was given back."""

    both: "Both | None" = None
    changes: list[tuple[float, frozenset[tuple[str, datetime]]]] = field(default_factory=list)
    given_back_too_early: int = 0

    async def lease_for_crisis(self, town, phone_number_id, holder, until):
        await super().lease_for_crisis(town, phone_number_id, holder, until)
        self._keep(town, phone_number_id)

    async def give_back(self, town, phone_number_id, holder, now):
        self.given_back_too_early += not self.both.alert_has_ended
        await super().give_back(town, phone_number_id, holder, now)
        self._keep(town, phone_number_id)

    def _keep(self, *number):
        self.changes.append((self.both.loop.time(), frozenset(self.items[number].leases.items())))

    def held(self):
        """Spans of seconds in which somebody had the number."""
        ends = [*(at for at, _ in self.changes[1:]), float("inf")]
        spans = []
        for (at, leases), changed_s in zip(self.changes, ends, strict=True):
            until_s = max(((until - NOON).total_seconds() for _, until in leases), default=at)
            end_s = min(changed_s, until_s)
            if spans and spans[-1][1] == at and end_s > at:
                spans[-1] = (spans[-1][0], end_s)
            elif end_s > at:
                spans.append((at, end_s))
        return spans


@dataclass
class Both:
    """A newsletter and an alert to other people, on one number."""

    seed: int
    rate_mps: int = 80
    kills: float = 0.0
    loses: float = 0.0

    def __post_init__(self):
        dice, loop = random.Random(self.seed), VirtualLoop()
        troubles = {"rate_mps": self.rate_mps, "kills": self.kills, "loses": self.loses}
        self.news = World(loop, dice, people=dice.choice([150, 400, 900]), **troubles)
        self.crisis = CrisisWorld(loop, dice, people=dice.choice([0, 1, 21, 300]), **troubles)
        warned = [person(100_000 + number) for number in range(self.crisis.people)]
        self.crisis.audience = FakeAudience({one.citizen_id: one for one in warned})
        self.controls = WatchedControls(both=self)
        self.controls.set_rate("bocholt", self.crisis.number, self.rate_mps)
        self.meta, self.loop, self.dice = self.crisis.meta, loop, dice
        self.news.controls = self.crisis.controls = self.controls
        self.news.meta = self.meta
        self.pressed_s = self.ended_s = 0.0

    @property
    def alert_has_ended(self):
        rows = self.crisis.slices.all(self.crisis.trigger.alert.alert_id)
        return all(progress.state is SliceState.DONE for _, progress in rows)

    def through(self):
        run(self._day(), self.loop)
        return self

    async def _day(self):
        self.news.start()
        await asyncio.gather(self.news.run(), self._alert())
        while self.crisis.looks:
            await asyncio.gather(*self.crisis.looks)

    async def _alert(self):
        await asyncio.sleep(self.dice.uniform(0.1, 1.5))
        now, self.pressed_s = self.loop.utc(), self.loop.time()
        trigger = a_trigger(at=now)
        pieces = alert_slices(trigger.alert, self.crisis.town)
        self.crisis.trigger = replace(trigger, slices=pieces, crisis_until=now + LEASED)
        self.crisis.slices.plan(pieces)  # both of one transaction
        await self.controls.lease_for_crisis("bocholt", self.crisis.number, trigger.alert.alert_id, now + LEASED)
        self.crisis.start()
        await self.crisis.run()
        self.ended_s = self.loop.time()

    def of(self, world):
        """What Meta took for the people of one of the two."""
        return [(at, who) for at, who in self.meta.ledger if who in world.audience.people]

    def all_is_well(self):
        peak = SimpleNamespace(peak_1s=self.meta.peak_1s)
        self.news.meta, self.crisis.meta = (
            SimpleNamespace(ledger=self.of(world), **vars(peak)) for world in (self.news, self.crisis)
        )
        all_is_accounted_for(self.news)
        nobody_is_lost_before_the_end(self.crisis)
        assert self.controls.given_back_too_early == 0, "the number was given back while a lane still sent"
        for began_s, ended_s in self.controls.held():
            late = [at for at, _ in self.of(self.news) if began_s + NEWSLETTERS_YIELD_S < at < ended_s]
            assert not late, f"{len(late)} of the newsletter went out while the number was held"


@pytest.mark.parametrize("rate_mps", [80, 1000], ids=["one lane", "eight lanes"])
def test_on_a_quiet_day_the_newsletter_goes_on_within_a_second_of_the_alert_s_end(rate_mps, pytestconfig):
    waited = []

    def check(seed):
        both = Both(seed, rate_mps).through()
        both.all_is_well()
        assert both.meta.throttled <= THROTTLED_AT_MOST
        after = [at for at, _ in both.of(both.news) if at > both.pressed_s + NEWSLETTERS_YIELD_S]
        if after:
            waited.append(min(after) - both.ended_s)
            assert waited[-1] < GOES_ON_WITHIN_S, f"it stood still for {waited[-1]:.1f} s after the alert"

    every(seeds(pytestconfig)[::A_TWENTIETH], check)
    assert len(waited) > 2, "hardly a newsletter was left to go on"


@pytest.mark.parametrize(
    "troubles",
    [{"kills": 0.5}, {"loses": 0.2}, {"kills": 0.4, "loses": 0.1}],
    ids=["senders killed", "answers lost", "everything"],
)
@pytest.mark.parametrize("rate_mps", [80, 1000], ids=["one lane", "eight lanes"])
def test_whoever_dies_the_number_is_held_while_the_alert_goes_out_and_comes_back(rate_mps, troubles, pytestconfig):
    days = seeds(pytestconfig)[::A_TWENTIETH]
    every(days, lambda seed: Both(seed, rate_mps, **troubles).through().all_is_well())
