"""Queues that remember."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.domain.inbound.inbox import InboxPlace


@dataclass
class FakeSliceQueue:
    messages: list[tuple[Slice, int]] = field(default_factory=list)

    def put(self, slices: Sequence[tuple[Slice, int]]) -> None:
        self.messages += [message for message in slices if message not in self.messages]


@dataclass
class FakeRecheckQueue:
    messages: list[tuple[str, tuple[str, ...], int, int]] = field(default_factory=list)

    def put(self, town: str, cause: str, citizen_ids: Sequence[str], attempt: int, delay_s: int) -> None:
        self.messages.append((cause, tuple(citizen_ids), attempt, delay_s))


@dataclass
class FakeRetryQueue:
    """inbound-retry.fifo or second-names.fifo: what was put."""

    put_in: list[InboxPlace] = field(default_factory=list)

    def put(self, places: Sequence[InboxPlace]) -> None:
        self.put_in += places
