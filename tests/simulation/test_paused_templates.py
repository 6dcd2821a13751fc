"""An alert under a virtual clock whose templates Meta pauses in mid-run: everyone once, by the route that is left."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from stadtdraht.domain.delivery.delivery import BY_TEXT, DeliveryKey, Halted, OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from tests.simulation.test_crisis import CrisisWorld, FailingMeta, nobody_is_lost_before_the_end
from tests.simulation.virtual_time import VirtualLoop, run
from tests.support.builders.crisis import NOON, with_second
from tests.support.fakes.towns import FakeTowns

PAUSED, DISABLED = 132015, 132016
PEOPLE = 300


@dataclass
class PausingMeta(FailingMeta):
    """Takes no message in a template any more from a moment on; free words only inside a window."""

    pauses_at_s: dict[str, float] = field(default_factory=dict)
    windows: dict[str, datetime] = field(default_factory=dict)

    async def send(self, town, phone_number_id, body):
        route = body["template"]["name"] if body["type"] == "template" else BY_TEXT
        who = DeliveryKey.parse(body["biz_opaque_callback_data"]).citizen_id
        if route == BY_TEXT:
            assert who in self.windows, "free words to somebody whose window is closed"
        if self.loop.time() >= self.pauses_at_s.get(route, float("inf")):
            await asyncio.sleep(self.dice.uniform(0.02, 0.4))
            return Halted(PAUSED if route == "warnung" else DISABLED)
        return await super().send(town, phone_number_id, body)


def warned(seed, pauses_at_s, open_share=0.0, **troubles):
    dice = random.Random(seed)
    world = CrisisWorld(VirtualLoop(), dice, people=PEOPLE, **troubles)
    world.town = with_second(world.town)
    world.towns = FakeTowns({"bocholt": world.town})
    world.meta = PausingMeta(world.loop, dice, world.rate_mps, world.loses)
    world.meta.pauses_at_s = pauses_at_s
    inside = sorted(world.audience.people)[: int(PEOPLE * open_share)]
    world.audience.windows.update(dict.fromkeys(inside, NOON + timedelta(days=1)))
    world.meta.windows = world.audience.windows
    run(world.day(), world.loop)
    return world


def outcomes(world):
    """The highest outcome of each person."""
    return {who: outcome for (_, who, _), outcome in sorted(world.deliveries.outcomes.items(), key=lambda it: it[0][2])}


@pytest.mark.parametrize("at_s", [0.0, 0.5, 2.0])
def test_a_template_that_is_paused_in_mid_run_costs_nobody_the_warning_and_nobody_gets_two(at_s):
    for seed in range(15):
        world = warned(seed, {"warnung": at_s})
        nobody_is_lost_before_the_end(world)
        assert set(Counter(who for _, who in world.meta.ledger).values()) == {1}, f"seed {seed}"
        refused = {it.reason for it in outcomes(world).values() if it.kind is OutcomeKind.REFUSED}
        assert refused <= {"131026"}, f"seed {seed}: refused for the template"
        ways = {it.route for it in outcomes(world).values() if it.kind is OutcomeKind.ACCEPTED}
        assert ways == ({"warnung", "warnung_zwei"} if at_s else {"warnung_zwei"})
        assert world.meta.throttled <= 10, f"seed {seed}: the second route broke the pace"


def test_with_both_paused_the_open_windows_get_free_words_and_the_rest_is_named_with_the_reason():
    for seed in range(15):
        world = warned(seed, {"warnung": 0.5, "warnung_zwei": 1.5}, open_share=0.8)
        taken = Counter(who for _, who in world.meta.ledger)
        assert set(taken.values()) == {1}, f"seed {seed}"
        rows = outcomes(world)
        assert set(rows) == set(world.audience.people), f"seed {seed}: somebody is missing"
        by = Counter(row.route for row in rows.values() if row.kind is OutcomeKind.ACCEPTED)
        assert set(by) == {"warnung", "warnung_zwei", BY_TEXT}
        lost = {who: row.reason for who, row in rows.items() if who not in taken}
        assert set(lost.values()) <= {str(PAUSED), "131026"}
        assert all(row.kind is OutcomeKind.REFUSED for who, row in rows.items() if who not in taken)
        named = {who for who, reason in lost.items() if reason == str(PAUSED)}
        assert named
        assert not named & set(world.audience.windows), f"seed {seed}: somebody with an open window was left out"
        assert all(it.state is SliceState.DONE for _, it in world.slices.all(world.trigger.alert.alert_id))


@pytest.mark.parametrize("troubles", [{"kills": 0.5}, {"loses": 0.2}], ids=["senders killed", "answers lost"])
def test_killed_senders_and_lost_answers_lose_nobody_either_while_a_template_is_paused(troubles):
    for seed in range(15):
        nobody_is_lost_before_the_end(warned(seed, {"warnung": 1.0}, **troubles))
