"""How records of a stream reach a function: partitions side by side, each in its order."""

import asyncio
import json
from datetime import UTC, datetime

from local.aws.event_sources import event_source
from local.aws.invocations import Returned
from local.aws.stream_source import StreamSource

NOW = datetime.now(UTC)


def a_record(number, partition):
    place = {"Keys": {"pk": {"S": partition}, "sk": {"S": str(number)}}, "SequenceNumber": str(number)}
    return {"eventName": "INSERT", "dynamodb": {**place, "ApproximateCreationDateTime": NOW}}


class Streams:
    """One shard, read once."""

    def __init__(self, records):
        self.records = records

    def describe_stream(self, **_):
        return {"StreamDescription": {"Shards": [{"ShardId": "shard"}]}}

    def get_shard_iterator(self, **_):
        return {"ShardIterator": "next"}

    def get_records(self, **_):
        found, self.records = self.records, []
        return {"Records": found, "NextShardIterator": "next"}

    def client(self, _):
        return self


class Function:
    """Never ends while it works on a record of a partition that is held."""

    def __init__(self, enough, held=""):
        self.enough, self.held, self.began, self.ended = enough, held, [], []
        self.reached = asyncio.Event()

    async def invoke(self, _, event):
        places = [record["dynamodb"] for record in json.loads(event)["Records"]]
        self.began += [int(place["SequenceNumber"]) for place in places]
        if self.held in {place["Keys"]["pk"]["S"] for place in places}:
            await asyncio.Future()
        self.ended += [int(place["SequenceNumber"]) for place in places]
        if len(self.ended) >= self.enough:
            self.reached.set()
        return Returned(b"{}")


def follow(records, function, *, side_by_side):
    """The source, until the function has ended enough records; whether it was idle then."""
    mapping = {
        "EventSourceArn": "arn:aws:dynamodb:eu-central-1:000000000000:table/t/stream/1",
        "BatchSize": 2,
        "ParallelizationFactor": side_by_side,
        "StartingPosition": "TRIM_HORIZON",
    }

    async def until_reached():
        source = StreamSource(event_source(mapping, "Follow"), function.invoke, Streams(records), lambda _: None)
        running = asyncio.ensure_future(source.run())
        async with asyncio.timeout(20):
            await function.reached.wait()
        idle = source.idle
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return idle

    return asyncio.run(until_reached())


def test_a_partition_that_waits_holds_no_other_lane_back():
    records = [a_record(1, "held"), *(a_record(number, f"town#{number}") for number in range(2, 20))]
    function = Function(enough=9, held="held")

    assert not follow(records, function, side_by_side=4)
    assert 1 in function.began
    assert 1 not in function.ended


def test_records_of_a_partition_stay_in_order():
    records = [a_record(number, f"town#{number % 3}") for number in range(30)]
    function = Function(enough=30)

    follow(records, function, side_by_side=4)
    for partition in range(3):
        mine = [number for number in function.ended if number % 3 == partition]
        assert list(range(partition, 30, 3)) == mine
