"""CPU of the real function for an update, against the least that could be done: HMAC, parse, BatchWriteItem.

Both sides talk to the same stub behind the same boto3 client and take turns, so that a noisy machine hits both alike.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from tests.benchmarks.inbound.counted import BATCH_WRITE
from tests.benchmarks.inbound.envelopes import AT_S, SECRET, envelope, event, signature, updates_in
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.inbound.handler import webhook
from tests.benchmarks.inbound.stubbed_aws import StubbedAws

ROUNDS = {1: 300, 50: 40, 1000: 7}
FLOOR_TIMES = 1.5
IN_BATCHES_MS = 0.3
MEASURED = "single body", "batch of 50", "batch of 1,000"


def figures() -> Sequence[Figure]:
    handler, client = webhook(StubbedAws())
    found = []
    for (updates, rounds), name in zip(ROUNDS.items(), MEASURED, strict=True):
        bodies = [envelope(updates, first=number * updates) for number in range(rounds)]
        events = [event(body) for body in bodies]
        signed = [(body, signature(body)) for body in bodies]
        handler(events[0], None)
        floor(client, *signed[0])
        ours, least = [], []
        for wrapped, given in zip(events, signed, strict=True):
            ours.append(cpu_ms(lambda wrapped=wrapped: handler(wrapped, None)) / updates)
            least.append(cpu_ms(lambda given=given: floor(client, *given)) / updates)
        bound_ms = None if updates == 1 else IN_BATCHES_MS
        found.append(Figure(f"CPU, {name}", median(ours), "ms per update", bound_ms))
        found.append(Figure(f"floor, {name}", median(least), "ms per update"))
        found.append(Figure(f"ratio, {name}", median(ours) / median(least), "times the floor", FLOOR_TIMES))
    return found


def cpu_ms(work: Callable[[], Any]) -> float:
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e6


def floor(client: Any, raw: bytes, signed: str) -> None:
    """No directory, no kinds, no view of a status, no log line: a body verified, parsed and written as it is."""
    expected = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(expected, signed)
    items = [_item(number, update) for number, update in updates_in(json.loads(raw))]
    for start in range(0, len(items), BATCH_WRITE):
        client.batch_write_item(RequestItems={"stadtdraht": items[start : start + BATCH_WRITE]})


def _item(number: str, update: dict[str, Any]) -> dict[str, Any]:
    row = {
        "pk": {"S": f"{number}#INBOX#0"},
        "sk": {"S": update["id"]},
        "at": {"S": update["timestamp"]},
        "raw": {"S": json.dumps(update)},
        "expires_at": {"N": str(AT_S)},
    }
    return {"PutRequest": {"Item": row}}
