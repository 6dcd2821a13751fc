"""A sender killed in the middle: nobody gets it twice, and everyone is accounted for."""

import contextlib
import os
import random
import signal
import time

import httpx
import pytest

from stadtdraht.domain.delivery.slices import BLOCK
from stadtdraht.usecases.delivery.send_slice import AHEAD
from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.running_system import running

pytestmark = pytest.mark.system

PEOPLE = 400
KILLS = 3
ENDS_WITHIN_S = 150  # a killed sender's slice comes back after its visibility of 70 s


def test_a_newsletter_survives_senders_that_are_killed(tmp_path, record_property):
    seed = random.SystemRandom().randrange(10_000)
    record_property("seed", seed)
    dice = random.Random(seed)
    with running(tmp_path / "state") as system:
        httpx.post(f"{system.run['graph']}/_sim/faults", json={"latency_ms": 120}).raise_for_status()
        people = phones(PEOPLE, first=4917614000000)
        file = subscriber_file(tmp_path / "people.csv", people)
        system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
        words = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.bocholt.de/probe", "--yes")
        broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *words)["broadcast_id"]
        system.until(lambda: out(system), "the first message")
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.05, 0.8))
            kill_senders(system)
        figures = system.until(lambda: settled(system, broadcast_id), f"the end (seed {seed})", ENDS_WITHIN_S)
        system.quiet()
        reached = [message["to"] for message in out(system)]
        assert len(reached) == len(set(reached)), f"somebody got it twice (seed {seed})"
        # A status proves what the killed sender could not write down.
        figures = system.stadtdraht("broadcast", "status", broadcast_id)
        assert figures["planned"] == PEOPLE
        assert figures["accepted"] + figures["unknown"] + figures["failed"] == PEOPLE, f"somebody is lost (seed {seed})"
        assert figures["accepted"] >= len(reached) - figures["unknown"]
        assert figures["unknown"] <= (BLOCK + AHEAD) * KILLS


def out(system):
    number = system.run["towns"]["bocholt"]["phone_number_id"]
    return httpx.get(f"{system.run['graph']}/_sim/messages", params={"phone_number_id": number}).json()["messages"]


def settled(system, broadcast_id):
    figures = system.stadtdraht("broadcast", "status", broadcast_id)
    known = figures["accepted"] + figures["unknown"] + figures["failed"] + figures["not_sent"]
    return figures if figures["planned"] and known >= figures["planned"] else None


def kill_senders(system):
    """SIGKILL to every process that runs the newsletter sender, wherever in its loop it is."""
    functions = httpx.get(f"{system.run['lambda_host']}/environments").json()["functions"]
    senders = [name for name in functions if "Broadcast" in name and "Send" in name]
    assert senders, f"no sender among {sorted(functions)}"
    for environment in (environment for name in senders for environment in functions[name]):
        with contextlib.suppress(ProcessLookupError):
            os.kill(environment["pid"], signal.SIGKILL)
