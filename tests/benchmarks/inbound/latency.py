"""How soon the running local system acknowledges: three webhooks for each message of a number at 80 a second.

The local AWS is for trying, not for load (docs/operations/local-vs-aws.md): the figure is what this machine does.
"""

import json
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests.benchmarks.inbound.envelopes import envelope, signature
from tests.benchmarks.inbound.figures import Figure
from tests.support.running_system import RunningSystem, running

LAUNCH_PEAK = 3 * 80
QUIET = 20
FOR_S = 5
SENDERS = 24
# What Meta asks of a receiver: the median within the one, 99 % within the other (as 360dialog cites it, Receiving
# messages via webhook, 2026-11).
P50_MS, P99_MS = 250.0, 1000.0


def figures() -> Sequence[Figure]:
    found = []
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as system:
        for per_second in (QUIET, LAUNCH_PEAK):
            took = sorted(_under_load(system, per_second))
            p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
            found.append(Figure(f"acknowledged, p50 at {per_second}/s", p50, "ms", P50_MS))
            found.append(Figure(f"acknowledged, p99 at {per_second}/s", p99, "ms", P99_MS))
    return found


def _under_load(system: RunningSystem, per_second: int) -> list[float]:
    """Milliseconds from when each webhook was due, so that falling behind counts."""
    secret, number = system.run["app_secret"], system.run["towns"]["bocholt"]["phone_number_id"]
    bodies = []
    for at in range(per_second * FOR_S):
        body = json.loads(envelope(1, int(time.time()), first=1_000_000 * per_second + at))
        body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = number
        bodies.append(json.dumps(body).encode())
    took: list[float] = []
    started = time.monotonic()

    def send(part: int) -> None:
        with httpx.Client(base_url=system.run["app"], timeout=30) as client:
            for at in range(part, len(bodies), SENDERS):
                due = started + at / per_second
                time.sleep(max(0.0, due - time.monotonic()))
                signed = {"x-hub-signature-256": signature(bodies[at], secret)}
                client.post("/webhooks/whatsapp", content=bodies[at], headers=signed).raise_for_status()
                took.append((time.monotonic() - due) * 1000)

    threads = [threading.Thread(target=send, args=(part,)) for part in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took
