"""Ports CrisisQueues and CrisisSender: how much waits in the queues of warnings, and whether their senders answer."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.crisis.readiness import QueueDepth, WarmSenders

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

COUNTED = "ApproximateNumberOfMessages"
PING_S = 0.3  # each sender keeps its ping so long, so that pings of the same moment find one each
PING = json.dumps({"ping": True, "hold_s": PING_S}).encode()


@dataclass(frozen=True, slots=True)
class SqsCrisisQueues:
    """The queues of work, and their dead-letter queues, which stand beside them by the name in the redrive policy."""

    client: "SQSClient"
    urls: tuple[str, ...]
    """Of the queues of work."""

    def depth(self) -> QueueDepth | None:
        try:
            return QueueDepth(
                sum(self._count(url) for url in self.urls), sum(self._count(self._dead(url)) for url in self.urls)
            )
        except (ClientError, BotoCoreError):
            return None

    def _dead(self, url: str) -> str:
        answer = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
        target = json.loads(answer["Attributes"]["RedrivePolicy"])["deadLetterTargetArn"]
        return f"{url.rpartition('/')[0]}/{target.rpartition(':')[2]}"

    def _count(self, url: str) -> int:
        answer = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=[COUNTED])  # type: ignore[list-item]
        return int(answer["Attributes"][COUNTED])  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class LambdaCrisisSender:
    """Invokes functions/crisis/send.py with a ping, which it answers without sending anything."""

    client: "LambdaClient"
    function: str

    def ping(self, at_once: int) -> WarmSenders:
        with ThreadPoolExecutor(at_once) as pool:
            answers = [answer for answer in pool.map(lambda _: self._ping(), range(at_once)) if answer]
        return WarmSenders(at_once, tuple(dict(answers).values()))

    def _ping(self) -> tuple[str, float] | None:
        """Who is ready, and after how many seconds beyond the hold; None for any other answer."""
        began_s = time.monotonic()
        try:
            answer = self.client.invoke(FunctionName=self.function, Payload=PING)
            reply = json.loads(answer["Payload"].read())
            if answer.get("FunctionError") or not reply.get("ready"):
                return None
        except (ClientError, BotoCoreError, ValueError, AttributeError):
            return None
        return str(reply.get("sender")), max(0.0, time.monotonic() - began_s - PING_S)
