"""How soon somebody who writes has an answer, on the running local system: alone, and when many write at once.

From when a message was due to the moment when WhatsApp took the first answer to it, with the way of each message taken
from the functions' own lines: stored, followed up. Beside it the processor time of every part, since the whole system
shares this machine's cores: what all parts need for a message, times messages a second, is how many cores it takes.
"""

import json
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.inbound import processor_time
from tests.benchmarks.inbound.figures import Figure
from tests.support.running_system import RunningSystem, running

TOWN = "vreden"
AT_ONCE, A_SECOND = 60, 20
ALONE = 7
IDLE_S = 6.0
P50_S = 0.5
ANSWERED_WITHIN_S = 60.0
BEHIND_S = 1.5  # log files are written at once, statuses come in groups
OF_ANSWER = re.compile(r"a\.\d+-([0-9a-f]{12})-\d+")


@dataclass(frozen=True, slots=True)
class Way:
    """Seconds that one message took from step to step."""

    stored: float
    followed_up: float
    accepted: float

    @property
    def whole(self) -> float:
        return self.stored + self.followed_up + self.accepted


def figures() -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as system:
        return measured(system)


def measured(system: RunningSystem) -> list[Figure]:
    """The first many pay for cold starts, and are told for themselves."""
    _sent(system, _people(0, 1), 1)
    alone = [way for at in range(ALONE) for way in _sent(system, _people(100 + at, 1), 1)]
    cold = _sent(system, _people(1_000, AT_ONCE), A_SECOND)
    new, used = _with_processor_time(system, _people(2_000, AT_ONCE))
    known = _sent(system, _people(2_000, AT_ONCE), A_SECOND)
    return [
        *_told("first answer, alone", alone, P50_S),
        *_told(f"first answer, {AT_ONCE} new people at {A_SECOND}/s", new, P50_S),
        *_told("the same people again", known, P50_S),
        *_told("and when no process was warm", cold),
        *_cores(used),
    ]


def _with_processor_time(system: RunningSystem, people: Sequence[str]) -> tuple[list[Way], Counter[str]]:
    """The ways, and the seconds that each part used for them: beyond what it uses in as much time without messages."""
    system.quiet()
    before = processor_time.by_part(system.process.pid)
    time.sleep(IDLE_S)
    idle = processor_time.by_part(system.process.pid) - before
    begun_s, before = time.monotonic(), before + idle
    ways = _sent(system, people, A_SECOND)
    used, took_s = processor_time.by_part(system.process.pid) - before, time.monotonic() - begun_s
    return ways, Counter({part: max(0.0, s - idle[part] * took_s / IDLE_S) for part, s in used.items()})


def _people(first: int, count: int) -> list[str]:
    return [f"4915150{first + at:06d}" for at in range(count)]


def _sent(system: RunningSystem, people: Sequence[str], per_second: int) -> list[Way]:
    """Everybody writes when it is their turn; the ways of their messages once all are answered and all is quiet."""
    system.quiet()
    time.sleep(BEHIND_S)
    begun = time.time() + 0.2
    due = {person: begun + at / per_second for at, person in enumerate(people)}

    def write(person: str) -> None:
        time.sleep(max(0.0, due[person] - time.time()))
        system.write(person, TOWN, "Hallo")

    threads = [threading.Thread(target=write, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def answered() -> Mapping[str, Any]:
        time.sleep(0.5)  # asking is work for the system, too
        found = _first_answers(system, begun)
        return found if due.keys() <= found.keys() else {}

    answers = system.until(answered, "an answer for everybody", ANSWERED_WITHIN_S)
    system.quiet()
    time.sleep(BEHIND_S)
    said = _said(system)
    return [_way(due[person], answers[person], said) for person in people]


def _first_answers(system: RunningSystem, since: float) -> dict[str, Any]:
    asked = {"phone_number_id": system.run["towns"][TOWN]["phone_number_id"], "since": str(since)}
    messages = system.http.get(f"{system.run['graph']}/_sim/messages", params=asked).json()["messages"]
    return {message["wa_id"]: message for message in reversed(messages)}


def _said(system: RunningSystem) -> Mapping[tuple[str, str], float]:
    """When which line was first said about which message."""
    found: dict[tuple[str, str], float] = {}
    for file in (system.state / "logs").glob("*.log"):
        for line in file.read_text().splitlines():
            if '"stored"' in line or '"followed up"' in line:
                told = json.loads(line)
                at = datetime.fromisoformat(told["timestamp"]).timestamp()
                found.setdefault((told["correlation"], told["message"]), at)
    return found


def _way(due: float, answer: Mapping[str, Any], said: Mapping[tuple[str, str], float]) -> Way:
    key = OF_ANSWER.search(answer["biz_opaque_callback_data"])
    assert key, answer
    stored, followed_up = said[key[1], "stored"], said[key[1], "followed up"]
    return Way(stored - due, followed_up - stored, answer["time"] - followed_up)


def _told(name: str, ways: Sequence[Way], most_s: float | None = None) -> list[Figure]:
    return [
        Figure(f"{name}: p50", _share([way.whole for way in ways], 0.5), "s", most_s),
        Figure(f"{name}: p95", _share([way.whole for way in ways], 0.95), "s"),
        Figure("  of it until it is stored, p50", _share([way.stored for way in ways], 0.5), "s"),
        Figure("  then until it is followed up, p50", _share([way.followed_up for way in ways], 0.5), "s"),
        Figure("  then until WhatsApp took the answer, p50", _share([way.accepted for way in ways], 0.5), "s"),
    ]


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _cores(used: Counter[str]) -> list[Figure]:
    """Statuses of the answers included, as they come meanwhile."""
    whole = used.total() / AT_ONCE
    return [
        *(Figure(f"processor time per message: {part}", s / AT_ONCE * 1000, "ms") for part, s in used.most_common()),
        Figure("processor time per message: everything", whole * 1000, "ms"),
        Figure(f"cores that {A_SECOND} messages a second take", whole * A_SECOND, "cores"),
    ]


if __name__ == "__main__":
    from tests.benchmarks.inbound.figures import table

    print(table("How soon somebody who writes has an answer", figures()))
