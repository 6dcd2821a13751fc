"""A queue as event source: batches side by side; of a FIFO queue one at a time per group."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.aws.account import REGION, LocalAccount
from local.aws.environments import FunctionPool
from local.aws.event_filters import passes
from local.aws.event_sources import BatchDone, EventSource, batch_result
from local.aws.invocations import Outcome

LARGEST_RECEIVE = 10  # messages per ReceiveMessage
LONG_POLL_S = 2
PAUSE_AFTER_ERROR_S = 1.0
PAUSE_WHEN_FULL_S = 0.02

Message = dict[str, Any]
Invoke = Callable[[str, bytes], Awaitable[Outcome]]


class QueueSource:
    """Polls one queue for one function."""

    def __init__(self, source: EventSource, pool: FunctionPool, invoke: Invoke, account: LocalAccount) -> None:
        self._source = source
        self._pool = pool
        self._invoke = invoke
        self._sqs = account.client("sqs")
        self._queue_name = source.source_arn.rsplit(":", 1)[1]
        self._queue_url = ""
        self._batches: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled; batches under way are then left to their visibility timeout."""
        while True:
            try:
                await self._poll()
            except (BotoCoreError, ClientError):  # the local AWS is stopping, or the queue is being replaced
                self._queue_url = ""
                await asyncio.sleep(PAUSE_AFTER_ERROR_S)

    @property
    def idle(self) -> bool:
        """No batch is under way."""
        return not self._batches

    async def _poll(self) -> None:
        if not self._queue_url:
            url = await asyncio.to_thread(self._sqs.get_queue_url, QueueName=self._queue_name)
            self._queue_url = url["QueueUrl"]
        limit = self._source.max_concurrency or self._pool.function.concurrency
        room = min(self._pool.room, limit - len(self._batches))
        if room <= 0:
            await asyncio.sleep(PAUSE_WHEN_FULL_S)
            return
        messages = await asyncio.to_thread(self._receive, room)
        for batch in self._batches_of(messages):
            task = asyncio.ensure_future(self._process(batch))
            self._batches.add(task)
            task.add_done_callback(self._batches.discard)

    @property
    def _is_fifo(self) -> bool:
        return self._queue_name.endswith(".fifo")

    def _receive(self, room: int) -> list[Message]:
        most = min(self._source.batch_size, LARGEST_RECEIVE)
        answer = self._sqs.receive_message(
            QueueUrl=self._queue_url,
            MaxNumberOfMessages=min(most, room) if self._is_fifo else most,  # each may be a group of its own
            WaitTimeSeconds=LONG_POLL_S,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages: list[Message] = answer.get("Messages", [])
        return messages

    def _batches_of(self, messages: list[Message]) -> list[list[Message]]:
        if not self._is_fifo:
            return [messages] if messages else []
        groups: dict[str, list[Message]] = {}
        for message in messages:
            groups.setdefault(message["Attributes"]["MessageGroupId"], []).append(message)
        return list(groups.values())

    async def _process(self, batch: list[Message]) -> None:
        records = {message["MessageId"]: self._record(message) for message in batch}
        wanted = [record for record in records.values() if passes(_filterable(record), self._source.patterns)]
        failed: frozenset[str] = frozenset()
        if wanted:
            outcome = await self._invoke(self._source.logical_id, json.dumps({"Records": wanted}).encode())
            result = batch_result(outcome, self._source, frozenset(records))
            if not isinstance(result, BatchDone):
                return  # the messages come back after their visibility timeout
            failed = result.failed_items
        done = [message for message in batch if message["MessageId"] not in failed]
        if done:
            await asyncio.to_thread(self._delete, done)

    def _delete(self, messages: list[Message]) -> None:
        entries = [
            {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]} for number, message in enumerate(messages)
        ]
        self._sqs.delete_message_batch(QueueUrl=self._queue_url, Entries=entries)

    def _record(self, message: Message) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {
                name: {key[0].lower() + key[1:]: part for key, part in attribute.items()}
                for name, attribute in message.get("MessageAttributes", {}).items()
            },
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._source.source_arn,
            "awsRegion": REGION,
        }


def _filterable(record: dict[str, Any]) -> dict[str, Any]:
    """Filters look into a body that is JSON."""
    try:
        return {**record, "body": json.loads(record["body"])}
    except ValueError:
        return record
