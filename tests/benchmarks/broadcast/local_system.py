"""A newsletter on the whole running local system: time over N/R, from the ledger of the simulated WhatsApp.

Ten thousand people at Meta's ordinary 80 a second take two minutes at the least, and the local AWS shares the machine's
processors with the senders and with WhatsApp (docs/operations/local-vs-aws.md).
"""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks.inbound.figures import Figure
from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.running_system import RunningSystem, running

TOWN = "bocholt"
RATE_MPS = 80
LATENCY_MS = 120
OVER_N_BY_R = 1.14
AT_A_TIME = 2_000  # people of one import, so that none of them takes a command's time limit
STORY = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.example.org/probe", "--yes")
LOOKS_EVERY_S = 1
SLOWEST = 4  # times N/R, and then it is given up


def figures(people: int) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as system:
        faults = {"rate_mps": RATE_MPS, "latency_ms": LATENCY_MS}
        httpx.post(f"{system.run['graph']}/_sim/faults", json=faults).raise_for_status()
        for first in range(0, people, AT_A_TIME):
            some = phones(min(AT_A_TIME, people - first), first=4917630000000 + first)
            file = subscriber_file(Path(folder) / "people.csv", some, district="spork")
            system.stadtdraht("citizen", "import", "--town", TOWN, str(file))
        sent = system.stadtdraht("broadcast", "send", "--town", TOWN, "--district", "spork", *STORY)
        cause, within_s = str(sent["broadcast_id"]), SLOWEST * people / RATE_MPS + 60
        system.until(lambda: _taken(system) >= people, "the newsletter to end", within_s)
        system.until(lambda: _settled(system, cause), "its outcomes", within_s)
        return _figures(_sent(system, cause), people, _stats(system))


def _figures(ledger: list[dict[str, Any]], people: int, stats: dict[str, Any]) -> Sequence[Figure]:
    times = sorted(float(message["time"]) for message in ledger)
    reached, name = {message["to"] for message in ledger}, f"local system, {people:,} at {RATE_MPS}/s"
    return [
        Figure(f"{name}, time over N/R", (times[-1] - times[0]) / (people / RATE_MPS), "times", OVER_N_BY_R),
        Figure(f"{name}, peak second", max(stats["peak_1s"].values()), "messages", RATE_MPS),
        Figure(f"{name}, throttled", stats["refused"].get("130429", 0) / people, "of all", 0.0001),
        Figure(f"{name}, not reached", people - len(reached), "people", 0),
        Figure(f"{name}, reached twice", len(ledger) - len(reached), "people", 0),
    ]


def _taken(system: RunningSystem) -> int:
    """Of everything that Meta took; cheap, for whoever asks what became of thousands is felt by the system."""
    time.sleep(LOOKS_EVERY_S)
    return int(_stats(system)["accepted"])


def _stats(system: RunningSystem) -> dict[str, Any]:
    return dict(system.http.get(f"{system.run['graph']}/_sim/stats").json())


def _settled(system: RunningSystem, cause: str) -> bool:
    found = system.stadtdraht("broadcast", "status", cause)
    known = found["accepted"] + found["unknown"] + found["failed"] + found["not_sent"]
    return bool(found["planned"] and known >= found["planned"])


def _sent(system: RunningSystem, cause: str) -> list[dict[str, Any]]:
    number = system.run["towns"][TOWN]["phone_number_id"]
    asked = system.http.get(f"{system.run['graph']}/_sim/messages", params={"phone_number_id": number}, timeout=60)
    return [it for it in asked.json()["messages"] if f":{cause}:" in (it.get("biz_opaque_callback_data") or "")]
