"""The delivery protocol under a virtual clock: thousands of days on which everything goes wrong.

A failing seed names itself. `make simulate` runs ten thousand.
"""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.usecases.broadcast.sending.stop_and_resume import resume_slices, stop_slices
from tests.simulation.virtual_time import VirtualLoop, run
from tests.simulation.world import World
from tests.support.builders.delivery import CAUSE, NOON

BATCH = 25


def seeds(pytestconfig):
    return range(pytestconfig.getoption("--seeds"))


def world(seed, **troubles):
    dice = random.Random(seed)
    return World(VirtualLoop(), dice, people=dice.choice([0, 1, 19, 20, 21, 150, 400]), **troubles)


def all_is_accounted_for(world, *, parked=False):
    """Nobody twice; what rows say is what Meta knows; nobody is missing."""
    taken = Counter(who for _, who in world.meta.ledger)
    assert max(taken.values(), default=1) == 1, "somebody got it twice"
    rows = {who: outcome for (_, who, _), outcome in world.deliveries.outcomes.items()}
    for who, outcome in rows.items():
        match outcome.kind:
            case OutcomeKind.ACCEPTED:
                assert taken[who] == 1, "a row says accepted, and Meta knows nothing of it"
            case OutcomeKind.REFUSED | OutcomeKind.NOT_SENT:
                assert taken[who] == 0, f"a row says {outcome.kind}, and Meta took it"
    assert set(taken) <= set(rows), "Meta took something that no row knows of"
    if not parked:
        assert set(rows) == set(world.audience.people), "somebody is lost"
        assert all(progress.state is SliceState.DONE for _, progress in world.slices.all(CAUSE))
    assert world.meta.peak_1s <= world.rate_mps


def through(world, *meanwhile):
    async def day():
        world.start()
        await asyncio.gather(world.run(), *(step(world) for step in meanwhile))

    run(day(), world.loop)


def every(seeds, check):
    for seed in seeds:
        try:
            check(seed)
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {wrong}") from wrong


def test_on_a_quiet_day_everyone_is_accepted_or_refused_and_nothing_is_throttled(pytestconfig):
    def check(seed):
        quiet = world(seed)
        through(quiet)
        all_is_accounted_for(quiet)
        kinds = Counter(outcome.kind for outcome in quiet.deliveries.outcomes.values())
        assert kinds[OutcomeKind.UNKNOWN] == 0
        assert quiet.meta.throttled == 0

    every(seeds(pytestconfig)[: 4 * BATCH], check)


def test_workers_die_at_any_step(pytestconfig):
    def check(seed):
        deadly = world(seed, kills=0.6)
        through(deadly)
        all_is_accounted_for(deadly)

    every(seeds(pytestconfig), check)


def test_workers_freeze_and_wake_up_when_others_own_their_slice(pytestconfig):
    def check(seed):
        frozen = world(seed, kills=0.3, freezes=0.01)
        through(frozen)
        all_is_accounted_for(frozen)

    every(seeds(pytestconfig), check)


def test_answers_are_lost_and_connections_refused(pytestconfig):
    def check(seed):
        deaf = world(seed, kills=0.3, loses=0.1)
        through(deaf)
        all_is_accounted_for(deaf)

    every(seeds(pytestconfig), check)


def test_meta_lowers_the_rate_in_the_middle(pytestconfig):
    async def lower(world):
        await asyncio.sleep(1.5)
        world.meta.rate_mps = 20

    def check(seed):
        slow = world(seed, kills=0.2)
        through(slow, lower)
        all_is_accounted_for(slow)

    every(seeds(pytestconfig)[: 4 * BATCH], check)


def test_the_pair_rate_is_left_in_peace_for_six_seconds_and_costs_the_others_nothing(pytestconfig):
    def check(seed):
        busy = world(seed)
        busy.meta.busy = 0.1
        through(busy)
        all_is_accounted_for(busy)
        taken = {who: at for at, who in busy.meta.ledger}
        pauses = [taken[who] - at for who, at in busy.meta.refused_at.items() if who in taken]
        assert min(pauses, default=6) > 5.9, "somebody was tried again too soon"

    every(seeds(pytestconfig)[:BATCH], check)


def test_a_stop_takes_effect_within_a_second_and_a_resume_leaves_no_gap(pytestconfig):
    def check(seed):
        stopped = world(seed, kills=0.2)
        at = {}

        async def stop(world):
            await asyncio.sleep(world.dice.uniform(0.1, 4))
            at["stop"] = world.loop.time()
            broadcast = world.broadcasts.get(CAUSE)
            stop_slices(broadcast, world.town, world.loop.utc(), broadcasts=world.broadcasts, controls=world.controls)

        run(stopped_and_resumed(stopped, stop, at), stopped.loop)
        late = [when for when, _ in stopped.meta.ledger if at["stop"] + 1 < when < at["resume"]]
        assert not late, f"{len(late)} went out after the stop"
        all_is_accounted_for(stopped)

    every(seeds(pytestconfig)[: 8 * BATCH], check)


def test_a_resume_that_comes_at_once_after_a_stop_leaves_no_gap(pytestconfig):
    def check(seed):
        hasty = world(seed, kills=0.2)

        async def stop_and_resume(world):
            await asyncio.sleep(world.dice.uniform(0.1, 4))
            office = {"broadcasts": world.broadcasts, "controls": world.controls}
            stop_slices(world.broadcast, world.town, world.loop.utc(), **office)
            await asyncio.sleep(world.dice.uniform(0, 2))
            resume_slices(
                world.broadcast, world.town, world.loop.utc(), slices=world.slices, queue=world.queue, **office
            )

        async def day():
            hasty.start()
            await asyncio.gather(hasty.run(), stop_and_resume(hasty))
            await hasty.run()  # what the resume put into a queue that had run empty

        run(day(), hasty.loop)
        all_is_accounted_for(hasty)

    every(seeds(pytestconfig)[: 4 * BATCH], check)


async def stopped_and_resumed(world, stop, at):
    world.start()
    await asyncio.gather(world.run(), stop(world))
    all_is_accounted_for(world, parked=True)
    at["resume"] = world.loop.time()
    await resumed(world)


async def resumed(world):
    world.queue.messages.clear()
    resume_slices(
        world.broadcasts.get(CAUSE),
        world.town,
        world.loop.utc(),
        broadcasts=world.broadcasts,
        controls=world.controls,
        slices=world.slices,
        queue=world.queue,
    )
    await world.run()


def test_people_who_leave_before_their_block_is_claimed_get_nothing(pytestconfig):
    def check(seed):
        leaving = world(seed)
        left = {}

        async def leave(world):
            for who in world.dice.sample(sorted(world.audience.people), k=len(world.audience.people) // 4):
                await asyncio.sleep(world.dice.uniform(0, 0.05))
                now = world.loop.utc()
                world.audience.people[who] = replace(world.audience.people[who], left_at=now)
                left[who] = world.loop.time()

        through(leaving, leave)
        all_is_accounted_for(leaving)
        late = [who for at, who in leaving.meta.ledger if who in left and at > left[who] + 2]
        assert not late, "somebody who had left got it"

    every(seeds(pytestconfig)[: 4 * BATCH], check)


def test_a_crisis_makes_a_newsletter_wait_and_it_goes_on_by_itself(pytestconfig):
    def check(seed):
        yielding = world(seed, kills=0.2)
        held = {}

        async def crisis(world):
            await asyncio.sleep(1)
            held["from"], held["until"] = world.loop.time(), world.loop.time() + 90
            until = NOON + timedelta(seconds=held["until"])
            await world.controls.lease_for_crisis("bocholt", world.number, "alert", until)

        through(yielding, crisis)
        all_is_accounted_for(yielding)
        during = [at for at, _ in yielding.meta.ledger if held["from"] + 2 < at < held["until"]]
        assert not during, f"{len(during)} went out while the crisis held the number"

    every(seeds(pytestconfig)[: 4 * BATCH], check)


def test_trouble_of_the_whole_number_parks_the_run_and_a_resume_finishes_it(pytestconfig):
    def check(seed):
        halting = world(seed)

        async def halt(world):
            await asyncio.sleep(world.dice.uniform(0.2, 3))
            world.meta.halted = True

        async def day():
            halting.start()
            await asyncio.gather(halting.run(), halt(halting))
            all_is_accounted_for(halting, parked=True)
            halting.meta.halted = False
            await resumed(halting)

        run(day(), halting.loop)
        all_is_accounted_for(halting)

    every(seeds(pytestconfig)[: 4 * BATCH], check)


def test_a_template_that_is_taken_out_of_the_town_file_stops_the_run_and_leaves_nobody_unclear(pytestconfig):
    def check(seed):
        without = world(seed)

        async def day():
            without.start()
            with_template, without.town = without.town, replace(without.town, templates=())
            await without.run()
            assert not without.deliveries.outcomes
            without.town = with_template
            await resumed(without)

        run(day(), without.loop)
        all_is_accounted_for(without)

    every(seeds(pytestconfig)[:BATCH], check)


@pytest.mark.parametrize("people", [3_000])
def test_a_number_of_a_thousand_per_second_has_lanes_side_by_side(people):
    fast = World(VirtualLoop(), random.Random(1), people=people, rate_mps=1000)
    through(fast)
    all_is_accounted_for(fast)
    times = [at for at, _ in fast.meta.ledger]
    assert len({work_slice.lane for work_slice, _ in fast.slices.all(CAUSE)}) == 8
    assert max(times) - min(times) < 1.25 * people / 900  # lanes differ by chance, a few in a hundred
