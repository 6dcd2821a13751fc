"""Ready lamps in memory, and what they look at."""

from dataclasses import dataclass, field

from stadtdraht.domain.crisis.readiness import Lamp, Pinged, Waiting

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
    """answers: of how many senders one hears; None for all that are asked."""

    answers: int | None = None
    pings: list[int] = field(default_factory=list)

    def ping(self, at_once: int) -> Pinged:
        self.pings.append(at_once)
        return Pinged(at_once, (0.1,) * (at_once if self.answers is None else self.answers))
