"""A table's stream as event source: batches side by side, those of one partition in order, until it took them."""

import asyncio
import base64
import json
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, assert_never

from botocore.exceptions import BotoCoreError, ClientError

from local.aws.account import PARTITION_KEY, LocalAccount
from local.aws.event_filters import passes
from local.aws.event_sources import BatchDone, BatchFailed, EventSource, batch_result
from local.aws.queue_source import Invoke

READ_AT_ONCE = 1000  # GetRecords gives no more
POLL_EVERY_S = 0.15  # Lambda reads a shard four times a second
LONGEST_PAUSE_S = 10.0  # between retries of a failing batch
PAUSE_AFTER_ERROR_S = 1.0

Record = dict[str, Any]


class StreamSource:
    """Reads one stream for one function."""

    def __init__(
        self, source: EventSource, invoke: Invoke, account: LocalAccount, behind: Callable[[float], None]
    ) -> None:
        """`behind` hears how old the oldest record of each batch is."""
        self._source = source
        self._invoke = invoke
        self._behind = behind
        self._streams = account.client("dynamodbstreams")
        self._sqs = account.client("sqs")
        self._after: str | None = None  # the last sequence number that was read
        self._lanes: list[asyncio.Queue[Record]] = [asyncio.Queue() for _ in range(source.side_by_side)]
        self._under_way = 0
        self._found_some = False

    @property
    def idle(self) -> bool:
        """Everything in the stream was read and is done with."""
        return not (self._found_some or self._under_way)

    async def run(self) -> None:
        """Read until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read())
            for lane in self._lanes:
                tasks.create_task(self._work_off_lane(lane))

    async def _read(self) -> None:
        while True:
            try:
                await self._follow()
            except (BotoCoreError, ClientError):  # an expired iterator, or the local AWS is stopping
                await asyncio.sleep(PAUSE_AFTER_ERROR_S)

    async def _follow(self) -> None:
        iterator = await asyncio.to_thread(self._iterator)
        while True:
            answer = await asyncio.to_thread(self._streams.get_records, ShardIterator=iterator, Limit=READ_AT_ONCE)
            records: list[Record] = answer["Records"]
            self._found_some = bool(records)
            for record in records:
                self._hand_on(_as_event(record))
                self._after = _sequence(record)
            if not records:
                await asyncio.sleep(POLL_EVERY_S)
            iterator = answer["NextShardIterator"]

    def _hand_on(self, record: Record) -> None:
        """To the lane of its partition, if the function wants it."""
        if passes(record, self._source.patterns):
            partition = str(record["dynamodb"]["Keys"][PARTITION_KEY])
            self._under_way += 1
            self._lanes[zlib.crc32(partition.encode()) % len(self._lanes)].put_nowait(record)

    async def _work_off_lane(self, lane: asyncio.Queue[Record]) -> None:
        while True:
            batch = [await lane.get()]
            while len(batch) < self._source.batch_size and not lane.empty():
                batch.append(lane.get_nowait())
            await self._work_off(batch)
            self._under_way -= len(batch)

    def _iterator(self) -> str:
        arn = self._source.source_arn
        shard = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        if self._after:
            where = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": self._after}
        else:
            where = {"ShardIteratorType": "TRIM_HORIZON" if self._source.from_the_start else "LATEST"}
        return str(self._streams.get_shard_iterator(StreamArn=arn, ShardId=shard, **where)["ShardIterator"])

    async def _work_off(self, records: list[Record]) -> None:
        waiting = [records]
        attempt = 0
        while waiting:
            batch = waiting[0]
            match await self._try(batch):
                case BatchDone(failed) if not failed:
                    waiting.pop(0)
                    attempt = 0
                    continue
                case BatchDone(failed):
                    first = min(n for n, record in enumerate(batch) if _sequence(record) in failed)
                    attempt = 0 if first else attempt
                    waiting[0] = batch[first:]
                case BatchFailed():
                    if self._source.bisects and len(batch) > 1:
                        middle = len(batch) // 2
                        waiting[0:1] = [batch[:middle], batch[middle:]]
                case unexpected:
                    assert_never(unexpected)
            attempt += 1
            if reason := self._gives_up(waiting[0], attempt):
                await asyncio.to_thread(self._report_lost, waiting.pop(0), reason)
                attempt = 0
            else:
                await asyncio.sleep(min(0.1 * 2**attempt, LONGEST_PAUSE_S))

    async def _try(self, batch: list[Record]) -> BatchDone | BatchFailed:
        self._behind(max(0.0, time.time() - batch[0]["dynamodb"]["ApproximateCreationDateTime"]))
        outcome = await self._invoke(self._source.logical_id, json.dumps({"Records": batch}).encode())
        return batch_result(outcome, self._source, frozenset(map(_sequence, batch)))

    def _gives_up(self, batch: list[Record], attempt: int) -> str | None:
        limit = self._source.max_record_age_s
        oldest = batch[0]["dynamodb"]["ApproximateCreationDateTime"]
        if 0 <= self._source.max_retries < attempt:
            return "RetryAttemptsExhausted"
        return "MaximumRecordAgeExceeded" if 0 < limit < time.time() - oldest else None

    def _report_lost(self, batch: list[Record], reason: str) -> None:
        """What AWS puts into the on-failure queue: where the records were, not the records."""
        arn = self._source.on_failure_arn
        if not arn or arn.split(":")[2] != "sqs":
            return
        now = datetime.now(UTC).isoformat()
        body = {
            "requestContext": {"condition": reason},
            "version": "1.0",
            "timestamp": now,
            "DDBStreamBatchInfo": {
                "startSequenceNumber": _sequence(batch[0]),
                "endSequenceNumber": _sequence(batch[-1]),
                "batchSize": len(batch),
                "streamArn": self._source.source_arn,
            },
        }
        queue = self._sqs.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"]
        self._sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(body))


def _sequence(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _as_event(record: Record) -> Record:
    """A record as Lambda hands it on: times as epoch seconds, binary values in base64."""
    event: Record = json.loads(json.dumps(record, default=_as_json))
    return event


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return base64.b64encode(value).decode()
