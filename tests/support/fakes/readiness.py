"""The latest readiness in memory, and what is checked for it."""

from dataclasses import dataclass, field

from stadtdraht.domain.crisis.observed import QueueDepth, WarmSenders
from stadtdraht.domain.crisis.readiness import Readiness

EMPTY = QueueDepth(0, 0)


@dataclass
class FakeLatestReadiness:
    found: dict[str, Readiness] = field(default_factory=dict)

    def get(self, town: str) -> Readiness | None:
        return self.found.get(town)

    def save(self, town: str, readiness: Readiness) -> None:
        self.found[town] = readiness


@dataclass
class FakeCrisisQueues:
    found: QueueDepth | None = EMPTY

    def depth(self) -> QueueDepth | None:
        return self.found


@dataclass
class FakeCrisisSender:
    """answers: of how many senders one hears; None for all that are asked."""

    answers: int | None = None
    page_s: float | None = 0.1
    pings: list[int] = field(default_factory=list)

    def ping(self, at_once: int) -> WarmSenders:
        self.pings.append(at_once)
        return WarmSenders(at_once, (0.1,) * (at_once if self.answers is None else self.answers), self.page_s)
