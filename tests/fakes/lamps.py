"""Ready lamps in memory, and what they look at."""

from dataclasses import dataclass, field

from stadtdraht.domain.lamp import Lamp, Waiting

EMPTY = Waiting(0, 0)


@dataclass
class FakeLamps:
    found: dict[str, Lamp] = field(default_factory=dict)

    def get(self, town: str) -> Lamp | None:
        return self.found.get(town)

    def save(self, town: str, lamp: Lamp) -> None:
        self.found[town] = lamp


@dataclass
class FakeCrisisQueues:
    found: Waiting | None = EMPTY

    def waiting(self) -> Waiting | None:
        return self.found


@dataclass
class FakeCrisisSender:
    answers_in_s: float | None = 0.1
    pings: int = 0

    def ping(self) -> float | None:
        self.pings += 1
        return self.answers_in_s
