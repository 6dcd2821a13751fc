"""Port Queues: what waits, and what was given up. Dead-letter queues of our queues of work are found through their
redrive policies; two belong to none: positions of the table's stream, and events of the clock.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stadtdraht.adapters.aws.refusals import said_by_aws
from stadtdraht.domain.operations.queues import OF_NO_QUEUE, OF_WORK, Queue
from stadtdraht.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH = 10
COUNTED = "ApproximateNumberOfMessages"


@dataclass(frozen=True, slots=True)
class SqsQueues:
    """Looks, and puts back. A message is deleted only when it stands in its queue again."""

    client: "SQSClient"
    settings: Settings

    @said_by_aws
    def all(self) -> Sequence[Queue]:
        """What an older stack does not name is left out."""
        others = [name for name in OF_NO_QUEUE if self._dead(name)]
        return [self._look(name) for name in (*OF_WORK, *others)]

    @said_by_aws
    def redrive(self, name: str) -> int:
        alive, moved = self._alive(name), 0
        dead = self._dead(name)
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

    @said_by_aws
    def discard(self, name: str) -> int:
        dead, gone = self._dead(name), 0
        while messages := self._take(dead):
            for message in messages:
                self.client.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
                gone += 1
        return gone

    def _look(self, name: str) -> Queue:
        waiting = int(self._attributes(self._alive(name), COUNTED)[COUNTED]) if name in OF_WORK else None
        return Queue(name, int(self._attributes(self._dead(name), COUNTED)[COUNTED]), waiting)

    def _alive(self, name: str) -> str:
        return str(getattr(self.settings, f"{name}_queue_url"))

    def _dead(self, name: str) -> str:
        if name in OF_NO_QUEUE:
            return str(getattr(self.settings, f"{name}_dead_queue_url"))
        policy = self._attributes(self._alive(name), "RedrivePolicy")["RedrivePolicy"]
        target = json.loads(policy)["deadLetterTargetArn"]
        return self.client.get_queue_url(QueueName=target.rsplit(":", 1)[1])["QueueUrl"]

    def _attributes(self, url: str, name: str) -> Mapping[str, str]:
        asked: Any = [name]
        found: Any = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=asked)["Attributes"]
        return dict(found)

    def _take(self, url: str) -> list[Any]:
        answer = self.client.receive_message(
            QueueUrl=url, MaxNumberOfMessages=BATCH, MessageSystemAttributeNames=["All"], WaitTimeSeconds=1
        )
        return list(answer.get("Messages", ()))
