"""CPU of the real function for an update, against the least that could be done: HMAC, parse, BatchWriteItem.

Both sides talk to the same stub, the floor with a bare client, and take turns (tests/benchmarks/turns.py).
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from tests.benchmarks.inbound.counted import BATCH_WRITE
from tests.benchmarks.inbound.envelopes import AT_S, SECRET, envelope, event, signature, updates_in
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.inbound.handler import webhook
from tests.benchmarks.inbound.stubbed_aws import StubbedAws
from tests.benchmarks.turns import Turn, by_turns, cpu_ms

TURNS = {1: 1_000, 50: 250, 1000: 100}
FLOOR_TIMES = 1.3
IN_BATCHES_MS = 0.3
MEASURED = "single body", "batch of 50", "batch of 1,000"


def figures() -> Sequence[Figure]:
    handler, client = webhook(StubbedAws())
    found = []
    for (updates, turns), name in zip(TURNS.items(), MEASURED, strict=True):
        ours = _turn(updates, lambda raw: (event(raw), None), handler)
        least = _turn(updates, lambda raw: (client, raw, signature(raw)), floor)
        taken = by_turns({name: ours}, least, turns)[name]
        bound_ms = None if updates == 1 else IN_BATCHES_MS
        found.append(Figure(f"CPU, {name}", taken.ours_ms / updates, "ms per update", bound_ms))
        found.append(Figure(f"floor, {name}", taken.floor_ms / updates, "ms per update"))
        found.append(Figure(f"ratio, {name}", taken.ratio, "times the floor", FLOOR_TIMES, taken.quartiles))
    return found


def _turn(updates: int, given: Callable[[bytes], Any], work: Callable[..., Any]) -> Turn:
    """One envelope of its own each time; what is given for it does not count."""
    numbers = count(step=updates)

    def take() -> float:
        arguments = given(envelope(updates, first=next(numbers)))
        return cpu_ms(lambda: work(*arguments))

    return take


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
