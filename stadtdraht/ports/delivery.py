"""Ports of the delivery protocol.

Sender ports are async, since a sender keeps many requests in flight; the others are plain calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.delivery.abandoned_slices import SliceSnapshot
    from stadtdraht.domain.delivery.delivery import Outcome, OutcomeKind, Status
    from stadtdraht.domain.delivery.outcome import DeliveryRow
    from stadtdraht.domain.delivery.pace import Arrival
    from stadtdraht.domain.delivery.slices import Control, Progress, Slice


class Slices(Protocol):
    """Progress of slices: the write-ahead claims of the delivery protocol."""

    def plan(self, slices: Sequence[Slice]) -> None:
        """Stores each slice as waiting, unless it exists: planning twice changes nothing."""

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]: ...
    def snapshots(self, cause: str) -> Sequence[SliceSnapshot]:
        """As `all`, with when each moved last."""

    async def begin(self, work_slice: Slice, now: datetime) -> Progress:
        """Raises the epoch and marks the slice running; a slice that is done or parked comes back as it is.

        Raises SliceStillRunning while its last owner may still be sending.
        """

    async def claim(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        """Moves the row from `before` to `after` if it still says `before`; the epoch in it is the fence."""

    async def close(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        """Ends this owner's work: `after` is done, parked, or waiting (handed back, with one more in `handbacks`)."""

    def resume(self, work_slice: Slice, before: Progress, now: datetime) -> Progress | None:
        """Makes a parked slice wait again with one more in `handbacks`; None when somebody was faster."""


class Deliveries(Protocol):
    """Outcome and status rows."""

    async def record(self, town: str, outcomes: Sequence[Outcome]) -> None:
        """Up to 25 in one call; repeats what DynamoDB left over; overwrites."""

    async def mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        """Only where no outcome stands yet; returns those that it wrote, so that one of two callers goes on."""

    async def rows_of(
        self, town: str, cause: str, citizen_ids: Sequence[str]
    ) -> Sequence[tuple[str, int, OutcomeKind | Status, str]]:
        """As `rows`, for these people only."""

    async def known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        """Citizen ids in the range that have an outcome row."""

    def rows(self, town: str, cause: str) -> Iterator[tuple[str, int, OutcomeKind | Status, str]]:
        """(citizen_id, attempt, kind, reason) of every row, in order of citizen id."""

    def in_full(self, town: str, cause: str) -> Iterator[DeliveryRow]:
        """As `rows`, with times and what Meta said of the price; memory stays flat."""

    def of_people(self, town: str, citizen_ids: Sequence[str]) -> Mapping[str, Sequence[DeliveryRow]]:
        """Every row about these people by cause: newsletters, then warnings, then drills, the newest of each first."""


class Arrivals(Protocol):
    """How many messages of citizens came in lately, as their webhooks noted it."""

    async def since(self, town: str, at: datetime) -> Sequence[Arrival]:
        """Those after `at`, the newest thousand at most, in no order."""


class Controls(Protocol):
    """Control items: what senders of a number read and lease, and which causes are stopped."""

    async def read(self, town: str, phone_number_id: str) -> Control: ...
    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None:
        """Stops a cause; `stopped` False: lets it go on."""

    async def lease_for_crisis(self, town: str, phone_number_id: str, holder: str, until: datetime) -> None:
        """Takes or renews the holder's lease; it never gets shorter. Newsletters yield while anybody has one."""

    async def give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        """Ends the holder's lease, and nobody else's; without one it changes nothing. Drops leases long over."""


class NumberRates(Protocol):
    """How many messages a second each number may carry; senders read it from the control item."""

    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None: ...


class SliceQueue(Protocol):
    """Hands slices to the senders. Each comes with its `handbacks`: a slice handed back is no repetition."""

    def put(self, slices: Sequence[tuple[Slice, int]]) -> None: ...
