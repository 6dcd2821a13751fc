"""What was given up: the dead-letter queues of our queues of work, found through their redrive policies, and two that
belong to none: positions of the table's stream, and events of the clock.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stadtdraht.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

QUEUES = ("newsletter", "crisis", "crisis_recheck", "answers", "inbound_retry", "media", "erasure")
OF_NO_QUEUE = ("inbound_stream", "events")  # nothing takes them back: docs/operations/runbooks.md says what to do
BATCH = 10


@dataclass(frozen=True, slots=True)
class Dead:
    """Messages in one dead-letter queue, by the name of the queue they came from."""

    queue: str
    messages: int


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Looks, and puts back. A message is deleted only when it stands in its queue again."""

    client: "SQSClient"
    settings: Settings

    def counts(self) -> Sequence[Dead]:
        others = [(name, str(getattr(self.settings, f"{name}_dead_queue_url"))) for name in OF_NO_QUEUE]
        found = [(name, dead) for name, _, dead in self._queues()]
        return [Dead(name, self._count(url)) for name, url in (*found, *others) if url]

    def redrive(self) -> Sequence[Dead]:
        """Of the queues of work alone."""
        return [Dead(name, self._put_back(dead, alive)) for name, alive, dead in self._queues()]

    def _queues(self) -> Iterator[tuple[str, str, str]]:
        """(name, URL of the queue, URL of its dead letters)."""
        for name in QUEUES:
            url = str(getattr(self.settings, f"{name}_queue_url"))
            attributes = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
            target = json.loads(attributes["RedrivePolicy"])["deadLetterTargetArn"]
            yield name, url, self.client.get_queue_url(QueueName=target.rsplit(":", 1)[1])["QueueUrl"]

    def _count(self, url: str) -> int:
        answer = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def _put_back(self, dead: str, alive: str) -> int:
        moved = 0
        while messages := self._take(dead):
            for message in messages:
                names = message.get("Attributes", {})
                fifo = (
                    {"MessageGroupId": names["MessageGroupId"], "MessageDeduplicationId": message["MessageId"]}
                    if "MessageGroupId" in names
                    else {}
                )
                self.client.send_message(QueueUrl=alive, MessageBody=message["Body"], **fifo)
                self.client.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
        return moved

    def _take(self, url: str) -> list[Any]:
        answer = self.client.receive_message(
            QueueUrl=url, MaxNumberOfMessages=BATCH, MessageSystemAttributeNames=["All"], WaitTimeSeconds=1
        )
        return list(answer.get("Messages", ()))
