"""One newsletter for the benchmarks: its people, its slices, and the real loop around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience
from stadtdraht.adapters.dynamodb.delivery.arrivals import DynamoArrivals
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.slicing import lanes_and_slices, slices_of
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.slices import Control, Slice
from stadtdraht.ports.whatsapp import GraphApi
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.delivery.protocol import SenderPorts
from tests.support.builders.delivery import broadcast, person, town
from tests.support.fakes.queues import FakeSliceQueue

TOWN = "bocholt"


@dataclass(frozen=True)
class RatedControls(DynamoControls):
    """The control item of a number that may carry `rate_mps`; read from the table, as always."""

    rate_mps: int = 80

    async def read(self, town: str, phone_number_id: str) -> Control:
        return replace(await super().read(town, phone_number_id), rate_mps=self.rate_mps)


def everybody(people: int) -> list[Recipient]:
    return [person(number) for number in range(people)]


def planned(people: int, rate_mps: int) -> Broadcast:
    lanes, per_lane = lanes_and_slices(people, rate_mps)
    now = datetime.now(UTC)
    return broadcast(created_at=now, released_at=now, planned=people, lanes=lanes, slices_per_lane=per_lane)


def slices_in(made: Broadcast, lane: int) -> Iterator[Slice]:
    return (work_slice for work_slice in slices_of(made, town().number.phone_number_id) if work_slice.lane == lane)


def newsletter(made: Broadcast) -> Newsletter:
    return Newsletter(made, town())


def senders(table: Table, rate_mps: int, graph: GraphApi) -> SenderPorts:
    """The real adapters on this table."""
    return SenderPorts(
        DynamoAudience(table),
        DynamoSlices(table),
        DynamoDeliveries(table),
        RatedControls(table, rate_mps),
        graph,
        FakeSliceQueue(),
        arrivals=DynamoArrivals(table),
    )


def lanes_of(made: Broadcast) -> Sequence[int]:
    return range(made.lanes)
