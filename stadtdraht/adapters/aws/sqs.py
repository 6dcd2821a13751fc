"""The ports that hand work on, on SQS. Up to ten messages in a call; what SQS leaves over is put again, then told."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stadtdraht.adapters.aws.jobs import AnswerJob, ErasureJob, MediaJob, RecheckJob, RetryJob, slice_to_body
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.inbound.inbox import InboxPlace

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH = 10  # SendMessageBatch takes no more
TRIES = 3
ERASED_AFTER_S = 20
RECHECKED_AT_ONCE = 200  # citizen ids in one message: about 5 KB


class NotAllQueued(RuntimeError):
    """SQS kept refusing messages; putting all of them again is harmless, since they deduplicate or repeat."""


@dataclass(frozen=True, slots=True)
class SqsAnswerQueue:
    """answers.fifo: one group per citizen, so that a person's answers keep their order."""

    client: "SQSClient"
    url: str

    def put(self, refs: Sequence[AnswerRef]) -> None:
        _put_all(
            self.client,
            self.url,
            [
                {
                    "MessageBody": AnswerJob(ref.town, ref.citizen_id, ref.answer_id).body(),
                    "MessageGroupId": ref.citizen_id,
                    "MessageDeduplicationId": _short(ref.town, ref.citizen_id, ref.answer_id),
                }
                for ref in refs
            ],
        )


@dataclass(frozen=True, slots=True)
class SqsRetryQueue:
    """inbound-retry.fifo or second-names.fifo: one group per stored update; each failed try of a group waits for the
    one before.
    """

    client: "SQSClient"
    url: str

    def put(self, places: Sequence[InboxPlace]) -> None:
        _put_all(
            self.client,
            self.url,
            [
                {
                    "MessageBody": RetryJob(town, shard, key, kind.value).body(),
                    "MessageGroupId": (name := _short(town, shard, key)),
                    "MessageDeduplicationId": name,
                }
                for town, shard, kind, key in places
            ],
        )


@dataclass(frozen=True, slots=True)
class SqsSliceQueue:
    """newsletter.fifo or crisis.fifo: one group per lane; `handbacks` tells a handed-back slice from a repeated one."""

    client: "SQSClient"
    url: str

    def put(self, slices: Sequence[tuple[Slice, int]]) -> None:
        _put_all(
            self.client,
            self.url,
            [
                {
                    "MessageBody": slice_to_body(work_slice, handbacks),
                    "MessageGroupId": work_slice.group,
                    "MessageDeduplicationId": f"{work_slice.cause}-{work_slice.lane}-{work_slice.seq}-{handbacks}",
                }
                for work_slice, handbacks in slices
            ],
        )


@dataclass(frozen=True, slots=True)
class SqsRecheckQueue:
    """crisis-recheck: a standard queue, because a FIFO queue knows no delay per message."""

    client: "SQSClient"
    url: str

    def put(self, town: str, cause: str, citizen_ids: Sequence[str], attempt: int, delay_s: int) -> None:
        parts = [citizen_ids[at : at + RECHECKED_AT_ONCE] for at in range(0, len(citizen_ids), RECHECKED_AT_ONCE)]
        bodies = [RecheckJob(town, cause, tuple(part), attempt).body() for part in parts]
        _put_all(self.client, self.url, [{"MessageBody": body, "DelaySeconds": delay_s} for body in bodies])


@dataclass(frozen=True, slots=True)
class SqsMediaQueue:
    """media: a standard queue, since no file waits for another."""

    client: "SQSClient"
    url: str

    def put(self, town: str, citizen_id: str, wamid: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=MediaJob(town, citizen_id, wamid).body())


@dataclass(frozen=True, slots=True)
class SqsErasureQueue:
    """erasures: a standard queue; each waits until the answer that confirms it should have gone out."""

    client: "SQSClient"
    url: str

    def put(self, town: str, citizen_id: str, requested_at: datetime) -> None:
        body = ErasureJob(town, citizen_id, requested_at.isoformat()).body()
        self.client.send_message(QueueUrl=self.url, MessageBody=body, DelaySeconds=ERASED_AFTER_S)


def _put_all(client: "SQSClient", url: str, messages: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(messages), BATCH):
        left = [{"Id": str(at), **message} for at, message in enumerate(messages[start : start + BATCH])]
        for _ in range(TRIES):
            answer = client.send_message_batch(QueueUrl=url, Entries=left)  # type: ignore[arg-type]
            failed = {entry["Id"] for entry in answer.get("Failed", ())}
            left = [entry for entry in left if entry["Id"] in failed]
            if not left:
                break
        else:
            raise NotAllQueued(f"{len(left)} messages")


def _short(*parts: str) -> str:
    """A name of the letters that SQS allows in groups and deduplication ids."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
