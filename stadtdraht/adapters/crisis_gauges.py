"""Ports CrisisQueues and CrisisSender: how much waits in the queues of warnings, and whether their sender answers."""

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.lamp import Waiting

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

COUNTED = "ApproximateNumberOfMessages"


@dataclass(frozen=True, slots=True)
class SqsCrisisQueues:
    """urls: of the queues of work. Their dead-letter queues stand beside them, by the name in the redrive policy."""

    client: "SQSClient"
    urls: tuple[str, ...]

    def waiting(self) -> Waiting | None:
        try:
            return Waiting(
                sum(self._count(url) for url in self.urls), sum(self._count(self._dead(url)) for url in self.urls)
            )
        except (ClientError, BotoCoreError):
            return None

    def _dead(self, url: str) -> str:
        found = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
        target = json.loads(found["Attributes"]["RedrivePolicy"])["deadLetterTargetArn"]
        return f"{url.rpartition('/')[0]}/{target.rpartition(':')[2]}"

    def _count(self, url: str) -> int:
        found = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=[COUNTED])  # type: ignore[list-item]
        return int(found["Attributes"][COUNTED])  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class LambdaCrisisSender:
    """Invokes functions/crisis/send.py with a ping, which it answers without sending anything."""

    client: "LambdaClient"
    function: str

    def ping(self) -> float | None:
        began_s = time.monotonic()
        try:
            answer = self.client.invoke(FunctionName=self.function, Payload=json.dumps({"ping": True}).encode())
            ready = not answer.get("FunctionError") and json.loads(answer["Payload"].read()).get("ready")
        except (ClientError, BotoCoreError, ValueError, AttributeError):
            return None
        return time.monotonic() - began_s if ready else None
