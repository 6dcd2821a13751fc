"""What a recipient costs, counted and not timed: calls to AWS, write units, and from them the price of a million."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, SendOutcome, Status, StatusReport
from stadtdraht.domain.operations.aws_prices import FRANKFURT, MILLION
from stadtdraht.domain.operations.cost import sending, statuses_in
from stadtdraht.usecases.delivery.protocol import NEWSLETTER, Clock
from stadtdraht.usecases.delivery.send_slice import send_slice
from tests.benchmarks.broadcast import newsletters
from tests.benchmarks.broadcast.stub_table import StubTable
from tests.benchmarks.inbound.figures import Figure

PEOPLE, RATE_MPS = 1_440, 80
STATUSES = (Status.SENT, Status.DELIVERED, Status.READ)
WRITES_AT_MOST, WITH_STATUSES_AT_MOST = 1.05, 4.05  # the goal; claims are one in twenty
USD_AT_MOST = 9.0  # of a million recipients
RATE_OF_MANY_MPS = 1_000
BEGIN_AND_CLOSE = 2  # writes of a slice besides its claims
SQS_PER_SLICE = 3  # put, receive, delete


@dataclass
class CountingGraph:
    """Takes everything at once."""

    keys: list[DeliveryKey] = field(default_factory=list)

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        self.keys.append(DeliveryKey.parse(body["biz_opaque_callback_data"]))
        return Accepted(f"wamid.HBgNNDkxNTExMjM0NTY3OBUCABEYEjk4{len(self.keys):020}AA==")


def sent() -> tuple[StubTable, int, int]:
    """A newsletter through the real loop, on a clock that jumps; what it asked of the table, its slices, and write
    units of its statuses.
    """
    stub = StubTable(newsletters.TOWN, newsletters.everybody(PEOPLE), counts=True)
    made, graph, now = newsletters.planned(PEOPLE, RATE_MPS), CountingGraph(), [0.0]
    started = datetime.now(UTC)

    async def wait(seconds: float) -> None:
        now[0] += seconds
        await asyncio.sleep(0)

    async def work() -> None:
        clock = Clock(lambda: started + timedelta(seconds=now[0]), lambda: now[0], wait)
        ports = newsletters.senders(table, RATE_MPS, graph)
        for work_slice in pieces:
            await send_slice(work_slice, newsletters.newsletter(made), NEWSLETTER, ports, clock)

    table = stub.table()
    pieces = [work_slice for lane in newsletters.lanes_of(made) for work_slice in newsletters.slices_in(made, lane)]
    asyncio.run(work())
    assert len(graph.keys) == PEOPLE
    return stub, len(pieces), _statuses_of(graph.keys)


def _statuses_of(keys: Sequence[DeliveryKey]) -> int:
    """Write units of three statuses for each of them."""
    stub = StubTable(newsletters.TOWN, (), counts=True)
    at = datetime.now(UTC)
    reports = [
        (newsletters.TOWN, StatusReport(key, status, at, f"wamid.{key.citizen_id}", None, "marketing", "regular"))
        for key in keys
        for status in STATUSES
    ]
    DynamoInbox(stub.table()).store([], reports, [])
    return stub.write_units["rows"]


def usd_of_a_million(writes: float, reads: float, queue_calls: float) -> float:
    """What is counted here, and what the cost page counts beside it: bytes of logs, and seconds of functions."""
    beside = sending(MILLION, RATE_OF_MANY_MPS) + statuses_in(MILLION * len(STATUSES))
    counted = replace(beside, writes=writes * MILLION, reads=reads * MILLION)
    return sum(counted.usd(FRANKFURT).values()) + queue_calls * FRANKFURT.million_fifo_calls


def figures() -> Sequence[Figure]:
    stub, slices, statuses = sent()
    units, calls = stub.write_units, sum(stub.calls.values())
    claims = units["claims"] - slices * BEGIN_AND_CLOSE
    recipients = (units["rows"] + claims) / PEOPLE
    with_statuses = recipients + statuses / PEOPLE
    own = (sum(units.values()) - units["rows"]) / PEOPLE
    reads = stub.read_units / PEOPLE
    usd = usd_of_a_million((sum(units.values()) + statuses) / PEOPLE, reads, slices * SQS_PER_SLICE / PEOPLE)
    return [
        Figure("write units, outcomes and claims", recipients, "per recipient", WRITES_AT_MOST),
        Figure("write units, claims and slices' own rows", own, "per recipient"),
        Figure("write units, with three statuses", with_statuses, "per recipient", WITH_STATUSES_AT_MOST),
        Figure("read units", reads, "per recipient", 0.15),
        Figure("calls to DynamoDB", calls / PEOPLE, "per recipient", 0.25),
        Figure("AWS, a million recipients", usd, "USD, each status in a POST of its own", USD_AT_MOST),
    ]
