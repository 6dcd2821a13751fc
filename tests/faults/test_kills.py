"""SIGKILL to the real sender at every step of its loop: nobody gets a newsletter twice, and everyone is accounted for.

The schedule is drawn from a seed that a failure names; `--kills` and `--kill-seed` ask for more and for others.
"""

import random
import threading
import time
from collections import Counter

import pytest

from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import BLOCK, SliceState
from stadtdraht.usecases.delivery.send_slice import BLOCKS_IN_FLIGHT

pytestmark = pytest.mark.local_aws

PEOPLE = 100
MOST_AT_ONE_NEWSLETTER = 12
STEPS = {  # of a sender, and up to which time it may end at it
    "begin": 1, "read": 1, "block": 3, "claim": 2, "send": 25, "record": 2, "some": 1, "close": 1, "put": 1
}  # fmt: skip
AFTER_A_DEATH = {"known": 1, "mark_unknown": 1}
MOMENTS = ("before", "during", "after")


class Killer:
    """Works off newsletters, one after the other, with one process after the other."""

    def __init__(self, hall, seed, kills):
        self.hall, self.seed, self.left = hall, seed, kills
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.killed, self.wrong = Counter(), []

    def works(self, sender):
        try:
            while self.left > 0 and not self.wrong:
                with self.lock:
                    dice = random.Random(self.dice.random())
                    slow = dice.random() < 0.1
                    of = self.hall.newsletter(PEOPLE, whatsapp_mps=40 if slow else 1000)
                self.works_off(sender, of, dice, handing_back=dice.random() < 0.5)
        except BaseException as wrong:  # noqa: BLE001 - told to the test's own thread
            self.wrong.append(wrong)

    def works_off(self, sender, of, dice, *, handing_back):
        deaths = 0
        budget = {"budget_s": 0.05} if handing_back else {}
        while deaths < MOST_AT_ONE_NEWSLETTER and self.hall.progress(of).state is not SliceState.DONE:
            row = self.hall.progress(of)
            steps = STEPS | (AFTER_A_DEATH if row.settled != row.cursor else {})
            step, moment = dice.choice(list(steps)), dice.choice(MOMENTS)
            moment = "before" if step == "put" and moment == "during" else moment  # it is not awaited
            at = {"at": f"{step} {moment}", "time": dice.randint(1, steps[step]), "delay_s": dice.uniform(0, 0.02)}
            ended = sender.run(of, **at, **budget)
            assert ended in ("killed", "done"), (ended, self.hall.log.read_text())
            if ended == "killed":
                deaths += 1
                with self.lock:
                    self.killed[step, moment] += 1
                    self.left -= 1
        sender.finish(of)
        kinds = self.hall.accounted(of)
        most = deaths * BLOCK * BLOCKS_IN_FLIGHT
        assert kinds[OutcomeKind.UNKNOWN] <= most, f"{kinds[OutcomeKind.UNKNOWN]} unknown after {deaths} deaths"


def test_a_sender_killed_at_any_step_doubles_nobody_and_loses_nobody(hall, hands, pytestconfig):
    kills = pytestconfig.getoption("--kills")
    seed = pytestconfig.getoption("--kill-seed")
    began = time.monotonic()
    killer = Killer(hall, seed, kills)
    threads = [threading.Thread(target=killer.works, args=(sender,)) for sender in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took_s = time.monotonic() - began
    by_step = ", ".join(f"{step} {moment}: {times}" for (step, moment), times in sorted(killer.killed.items()))
    pytestconfig.get_terminal_writer().line(f"{sum(killer.killed.values())} kills in {took_s:.0f} s ({by_step})")
    assert not killer.wrong, f"seed {seed}: {killer.wrong}"
    assert sum(killer.killed.values()) >= kills
