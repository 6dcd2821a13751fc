"""Ports CrisisQueues and CrisisSender: how much waits in the queues of warnings, and whether their senders answer."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.crisis.observed import QueueDepth, WarmSenders

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

COUNTED = "ApproximateNumberOfMessages"
PING_S = 0.3  # each sender keeps its ping so long, so that pings of the same moment find one each


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
    """Invokes functions/crisis/send.py and page.py with a ping, which they answer without doing anything."""

    client: "LambdaClient"
    function: str
    page: str

    def ping(self, at_once: int) -> WarmSenders:
        with ThreadPoolExecutor(at_once + 1) as pool:
            page = pool.submit(self._ping, self.page, 0.0)
            answers = [it for it in pool.map(lambda _: self._ping(self.function, PING_S), range(at_once)) if it]
            answered = page.result()
        return WarmSenders(at_once, tuple(dict(answers).values()), answered[1] if answered else None)

    def _ping(self, function: str, hold_s: float) -> tuple[str, float] | None:
        """Who is ready, and after how many seconds beyond the hold; None for any other answer."""
        began_s = time.monotonic()
        try:
            payload = json.dumps({"ping": True, "hold_s": hold_s}).encode()
            answer = self.client.invoke(FunctionName=function, Payload=payload)
            reply = json.loads(answer["Payload"].read())
            if answer.get("FunctionError") or not reply.get("ready"):
                return None
        except (ClientError, BotoCoreError, ValueError, AttributeError):
            return None
        return str(reply.get("sender")), max(0.0, time.monotonic() - began_s - hold_s)
