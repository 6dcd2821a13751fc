"""Slices whose senders die until their message is dead: status and report stay true, and a redrive goes on."""

import asyncio
import random

from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.usecases.broadcast.sending.stop_and_resume import resume_slices
from tests.simulation.test_delivery import BATCH, all_is_accounted_for, every, seeds
from tests.simulation.virtual_time import VirtualLoop, run
from tests.simulation.world import World

DAY_S = 86_400


def deadly(seed):
    """Messages die after two receives, so that several slices of a run do."""
    dice = random.Random(seed)
    return World(VirtualLoop(), dice, people=dice.choice([20, 300, 3_000]), kills=0.8, loses=0.01, attempts=2)


def adds_up(figures, world):
    known = figures.accepted + figures.failed + figures.unknown + figures.not_sent + figures.waiting
    assert known == figures.planned == world.people, f"somebody is missing in {figures}"
    reached = {who for _, who in world.meta.ledger}
    assert figures.accepted <= len(reached) <= figures.accepted + figures.unknown, "not_sent hides who was sent to"


async def until_all_is_dead(world):
    world.start()
    await world.run()
    world.loop.now_s += 2 * 3600


def test_people_of_dead_slices_are_unknown_or_not_sent_and_nobody_waits_for_ever(pytestconfig):
    gone = []

    def check(seed):
        world = deadly(seed)

        async def day():
            world.start()
            during = []

            async def look():
                while not world.dead:
                    await asyncio.sleep(20)
                    during.append(await world.status())

            looking = asyncio.ensure_future(look())
            await world.run()
            looking.cancel()
            for figures in during:
                adds_up_at_least(figures, world)
            world.loop.now_s += 2 * 3600
            figures = await world.status()
            adds_up(figures, world)
            assert figures.waiting == 0
            assert figures.given_up == len(world.dead)
            assert figures.finished == (not world.dead)
            gone.append(len(world.dead))

        run(day(), world.loop)

    every(seeds(pytestconfig)[:BATCH], check)
    assert sum(gone) > 10


def adds_up_at_least(figures, world):
    """While it runs, whoever is in the air is in no row yet."""
    known = figures.accepted + figures.failed + figures.unknown + figures.not_sent + figures.waiting
    assert known == figures.planned == world.people


def test_a_redrive_sends_to_the_others_and_to_nobody_twice(pytestconfig):
    def check(seed):
        world = deadly(seed)

        async def day():
            await until_all_is_dead(world)
            before = await world.lost()
            world.kills = 0.0
            await world.redrive()
            rows = {who: it.kind for (_, who, _), it in world.deliveries.outcomes.items()}
            assert all(rows[row.citizen_id] is OutcomeKind.UNKNOWN for row in before.unknown)

        run(day(), world.loop)
        all_is_accounted_for(world)

    every(seeds(pytestconfig)[:BATCH], check)


def test_a_resume_takes_up_what_was_given_up_also_without_the_dead_letters(pytestconfig):
    def check(seed):
        world = deadly(seed)

        async def day():
            await until_all_is_dead(world)
            world.kills, world.dead = 0.0, []
            world.queue.messages.clear()
            resume_slices(
                world.broadcast,
                world.town,
                world.loop.utc(),
                broadcasts=world.broadcasts,
                controls=world.controls,
                slices=world.slices,
                queue=world.queue,
            )
            await world.run()

        run(day(), world.loop)
        all_is_accounted_for(world)

    every(seeds(pytestconfig)[:BATCH], check)


def test_a_redrive_days_later_sends_nothing_and_writes_down_who_is_unknown(pytestconfig):
    def check(seed):
        world = deadly(seed)

        async def day():
            await until_all_is_dead(world)
            world.loop.now_s += 3 * DAY_S
            sent, lost = list(world.meta.ledger), await world.lost()
            world.kills = 0.0
            await world.redrive()
            assert world.meta.ledger == sent, "old news went out"
            rows = {who: it.kind for (_, who, _), it in world.deliveries.outcomes.items()}
            assert all(rows[row.citizen_id] is OutcomeKind.UNKNOWN for row in lost.unknown)
            figures = await world.status()
            adds_up(figures, world)
            assert (figures.finished, figures.waiting, figures.given_up) == (True, 0, 0)

        run(day(), world.loop)

    every(seeds(pytestconfig)[:BATCH], check)
