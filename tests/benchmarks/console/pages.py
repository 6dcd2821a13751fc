"""The inbox with 50 rows and a conversation with 50 lines, as the function gives them, compressed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from functions.console.web.answers import compressed
from functions.console.web.request import Request
from stadtdraht.domain.staff.roles import Role
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.turns import cpu_ms
from tests.support.fakes.citizens import FakeConversations
from tests.unit.console.talk_desk import TalkDesk

ROWS = 50
ROUNDS = 60
MOST_MS = 15
PACKED = Request.of({"headers": {"accept-encoding": "gzip"}})
TALK = "/conversations/{citizen}"
QUESTION = "Warum ist das Schwimmbad an der Ruhr seit Montag zu, und ab wann können die Kinder wieder hinein?"


@dataclass
class Held(FakeConversations):
    """A list and a thread as a table would give them, read once."""

    listed: Sequence[Any] = ()
    thread: Any = None

    def waiting(self, _: str) -> Sequence[Any]:
        return self.listed

    def lines(self, *_: Any, **__: Any) -> Any:
        return self.thread


def figures() -> Sequence[Figure]:
    hall = TalkDesk()
    for number in range(ROWS):
        hall.hall.hears(f"{QUESTION} ({number})", who=f"49151200000{number:02}")
        hall.hall.hears(f"{QUESTION} ({number})")
    citizens, town_id = hall.hall.citizens, hall.hall.town.id
    thread = FakeConversations(citizens).lines(town_id, [hall.who], limit=ROWS)
    held = Held(citizens, citizens.waiting(town_id)[:ROWS], thread)
    browser = hall.of(Role.AGENT, conversations=held)
    browser.now += timedelta(hours=3)
    pages: dict[str, Callable[[], Any]] = {
        f"inbox, {ROWS} rows": lambda: browser.get("/inbox"),
        f"inbox, {ROWS} rows renewed": lambda: browser.get("/inbox/rows"),
        f"conversation, {ROWS} lines": lambda: browser.get(TALK, citizen=hall.who),
    }
    return [it for name, page in pages.items() for it in _measured(name, page)]


def _measured(name: str, page: Callable[[], Any]) -> Sequence[Figure]:
    answer = compressed(page(), PACKED)
    taken = median(cpu_ms(lambda: compressed(page(), PACKED)) for _ in range(ROUNDS))
    sent_kb = len(answer["body"]) * 3 / 4 / 1000  # what base64 stands for
    return [Figure(f"CPU, {name}", taken, "ms", MOST_MS), Figure(f"sent, {name}", sent_kb, "kB")]
