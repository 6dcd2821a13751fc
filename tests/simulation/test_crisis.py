"""An alert under a virtual clock: senders that die, answers that are lost, a Graph API that fails. Nobody is lost."""

import asyncio
import random
from collections import Counter
from dataclasses import replace

import pytest

from stadtdraht.domain.crisis.alert import UNDO
from stadtdraht.domain.delivery.delivery import OutcomeKind, SendOutcome, Unknown
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.usecases.crisis.resend_unknown import ResendPorts, resend_unknown
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts
from tests.simulation.virtual_time import VirtualLoop, run
from tests.simulation.world import Meta, Shaky, World
from tests.support.builders.crisis import a_town, a_trigger
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.towns import FakeTowns

SEEDS = range(40)
OUTAGE_S = 10.0  # shorter than the first look at what stayed unknown


class FailingMeta(Meta):
    """Answers 500 to everything for a while, and takes nothing then; whoever asked cannot know."""

    fails_until_s = 0.0

    def _take(self, who: str) -> SendOutcome:
        if self.loop.time() < self.fails_until_s:
            return Unknown("500")
        return super()._take(who)


class CrisisWorld(World):
    """One alert to everybody; it is also the queue of the looks at what stayed unknown."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.town = a_town(number=replace(a_town().number, rate_mps=self.rate_mps))
        self.meta = FailingMeta(self.loop, self.dice, self.rate_mps, self.loses)
        self.controls.set_rate("bocholt", self.number, self.rate_mps)
        self.alerts, self.towns = FakeAlerts(), FakeTowns({"bocholt": self.town})
        self.snapshots = FakeAccountSnapshots()
        self.trigger = a_trigger()
        self.looks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self.alerts.raise_once(self.trigger)
        self.queue.put([(work_slice, 0) for work_slice in self.trigger.slices])

    def put(self, town, cause, citizen_ids, attempt, delay_s):
        async def look():
            await asyncio.sleep(delay_s)
            ports = ResendPorts(
                alerts=self.alerts,
                towns=self.towns,
                snapshots=self.snapshots,
                audience=self.audience,
                deliveries=self.deliveries,
                controls=self.controls,
                recheck=self,
                graph=self.meta,
            )
            clock = Clock(self.loop.utc, self.loop.time, asyncio.sleep)
            await resend_unknown(town, cause, citizen_ids, attempt, ports, clock)

        task = self.loop.create_task(look())
        self.looks.add(task)
        task.add_done_callback(self.looks.discard)

    async def day(self) -> None:
        self.start()
        await self.run()
        while self.looks:
            await asyncio.gather(*self.looks)

    async def _work(self, work_slice):
        def shaky(port):
            return Shaky(port, self.dice, self.freezes)

        ports = SenderPorts(
            shaky(self.audience),
            shaky(self.slices),
            shaky(self.deliveries),
            shaky(self.controls),
            self.meta,
            self.queue,
            recheck=self,
        )
        clock = Clock(self.loop.utc, self.loop.time, asyncio.sleep)
        sent = await send_alert(
            work_slice, alerts=self.alerts, towns=self.towns, snapshots=self.snapshots, senders=ports, clock=clock
        )
        return sent.ended.value


def warned(seed, outage_s=0.0, **troubles):
    """A world whose alert has gone through everything."""
    dice = random.Random(seed)
    world = CrisisWorld(VirtualLoop(), dice, people=dice.choice([1, 20, 21, 150, 400]), **troubles)
    world.meta.fails_until_s = outage_s
    run(world.day(), world.loop)
    return world


def nobody_is_lost_before_the_end(world):
    took = {who for _, who in world.meta.ledger}
    refused = {who for (_, who, _), it in world.deliveries.outcomes.items() if it.kind is OutcomeKind.REFUSED}
    assert took | refused >= set(world.audience.people), "somebody was never warned"
    assert all(progress.state is SliceState.DONE for _, progress in world.slices.all(world.trigger.alert.alert_id))
    ended_s = (world.trigger.alert.expires_at - world.trigger.alert.raised_at).total_seconds()
    assert all(at < ended_s for at, _ in world.meta.ledger), "sent after the alert's end"


@pytest.mark.parametrize(
    "troubles",
    [
        {},
        {"kills": 0.5},
        {"loses": 0.2},
        {"outage_s": OUTAGE_S},
        {"kills": 0.4, "loses": 0.1, "freezes": 0.01},
    ],
    ids=["quiet", "senders killed", "answers lost", "Graph 500", "everything"],
)
def test_nobody_is_lost_whatever_happens_to_senders_and_answers(troubles):
    for seed in SEEDS:
        try:
            nobody_is_lost_before_the_end(warned(seed, **troubles))
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {wrong}") from wrong


def test_on_a_quiet_day_nobody_is_warned_twice():
    for seed in SEEDS:
        taken = Counter(who for _, who in warned(seed).meta.ledger)
        assert set(taken.values()) <= {1}, f"seed {seed}"


def test_an_outage_of_ten_seconds_is_made_good_by_the_first_look():
    world = warned(3, outage_s=OUTAGE_S)
    assert min(at for at, _ in world.meta.ledger) >= OUTAGE_S
    unknown = {who for (_, who, attempt), it in world.deliveries.outcomes.items() if attempt > 1}
    assert unknown, "the outage hit nobody"


def held_back(seed, **troubles):
    """An alert that somebody takes back, or tries to, at some moment of its first twenty seconds."""
    dice = random.Random(seed)
    world = CrisisWorld(VirtualLoop(), dice, people=dice.choice([1, 20, 150]), **troubles)
    alert = replace(world.trigger.alert, sends_at=world.loop.utc() + UNDO)
    world.trigger = replace(world.trigger, alert=alert)
    undoes_at_s = dice.uniform(0, 20) if dice.random() < 0.7 else UNDO.total_seconds()

    async def hand() -> bool:
        await asyncio.sleep(undoes_at_s)
        return world.alerts.undo(alert, world.loop.utc())

    async def both() -> bool:
        undo = world.loop.create_task(hand())
        await world.day()
        return await undo

    return world, run(both(), world.loop)


@pytest.mark.parametrize("troubles", [{}, {"kills": 0.5, "freezes": 0.01}], ids=["quiet", "senders killed"])
def test_a_press_is_taken_back_wholly_or_not_at_all(troubles):
    outcomes = Counter()
    for seed in SEEDS:
        world, undone = held_back(seed, **troubles)
        outcomes[undone] += 1
        if not undone:
            nobody_is_lost_before_the_end(world)
        assert not (undone and world.meta.ledger), f"seed {seed}: taken back, and sent"
        assert all(at >= UNDO.total_seconds() for at, _ in world.meta.ledger), f"seed {seed}: sent too early"
        done = [progress.state for _, progress in world.slices.all(world.trigger.alert.alert_id)]
        assert set(done) == {SliceState.DONE}, f"seed {seed}"
    assert min(outcomes.values()) > 5, "hands and senders were never close"
