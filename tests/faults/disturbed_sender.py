"""The real sender's function in this process, with its ports watched step by step, and a table that has bad moments."""

import asyncio
import json
import os
import random
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.awsrequest import AWSResponse

from functions.broadcast import send
from stadtdraht.adapters.whatsapp import messages
from stadtdraht.bootstrap import Adapters
from stadtdraht.usecases.delivery import send_slice

ADAPTERS = Adapters()
STILL_RUNNING = 3
PORTS = ("audience", "slices", "deliveries", "controls", "graph", "newsletter_queue", "broadcasts")


def prepare() -> None:
    """All imports and clients, and no connection yet: sockets must not be shared with what is forked."""
    for service in ("dynamodb", "sqs", "secretsmanager"):
        ADAPTERS.client(service)
    import aiohttp  # noqa: F401 - the sender needs it with its first message


def work(job: dict[str, Any]) -> int:
    """Works on one message of the queue. Returns the exit code."""
    steps = Steps(job)
    for name in PORTS:
        vars(ADAPTERS)[name] = Watched(getattr(ADAPTERS, name), steps)
    send.datetime = later(timedelta(seconds=job.get("later_s", 0)))  # type: ignore[attr-defined, misc]
    send_slice.BUDGET_S = job.get("budget_s", send_slice.BUDGET_S)
    send_slice.RETRY_PAUSE_S = 0.05
    messages.ANSWER_S = job.get("answer_s", messages.ANSWER_S)
    if share := job.get("table_trouble", 0.0):
        trouble(share, random.Random(job["seed"]))
    answer = send.handler({"Records": [{"messageId": "1", "body": job["body"]}]}, None, adapters=ADAPTERS)
    return STILL_RUNNING if answer["batchItemFailures"] else 0


class Steps:
    """Counts steps by name, and lets the signal of the job come at the one it names.

    A step is a call of a port, and "before", "during" or "after" it.
    """

    def __init__(self, job: dict[str, Any]) -> None:
        self.step, self.moment = (job.get("at") or " ").split(" ")
        self.time, self.delay_s = job.get("time", 1), job.get("delay_s", 0.0)
        self.signal = signal.SIGSTOP if job.get("freeze") else signal.SIGKILL
        self.begun: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()

    def begins(self, step: str) -> None:
        self.begun[step] += 1
        if self._is_meant(step, "before", self.begun):
            os.kill(os.getpid(), self.signal)
        elif self._is_meant(step, "during", self.begun):
            asyncio.get_running_loop().call_later(self.delay_s, os.kill, os.getpid(), self.signal)

    def ends(self, step: str) -> None:
        self.ended[step] += 1
        if self._is_meant(step, "after", self.ended):
            os.kill(os.getpid(), self.signal)

    def _is_meant(self, step: str, moment: str, counted: Counter[str]) -> bool:
        return (step, moment, counted[step]) == (self.step, self.moment, self.time)


class Watched:
    """A port whose calls are steps."""

    def __init__(self, port: Any, steps: Steps) -> None:
        self._port, self._steps = port, steps

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._port, name)

        def plain(*args: Any, **named: Any) -> Any:
            self._steps.begins(name)
            found = call(*args, **named)
            self._steps.ends(name)
            return found

        async def awaited(*args: Any, **named: Any) -> Any:
            self._steps.begins(name)
            found = await call(*args, **named)
            self._steps.ends(name)
            return found

        return awaited if asyncio.iscoroutinefunction(call) else plain


def later(ahead: timedelta) -> type[datetime]:
    """A clock that is ahead: its owner comes after the one before has been silent for so long."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = UTC) -> datetime:
            return datetime.now(tz) + ahead

    return Later


def trouble(share: float, dice: random.Random) -> None:
    """DynamoDB throttles this share of the calls, and leaves over a part of as many batches."""
    events = ADAPTERS.client("dynamodb").meta.events

    def before_send(request: Any, **_: Any) -> AWSResponse | None:
        target = request.headers["X-Amz-Target"]
        operation = (target.decode() if isinstance(target, bytes) else target).partition(".")[2]
        if dice.random() < share:
            return answer(request, 400, {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"})
        if operation == "BatchWriteItem" and dice.random() < share:
            return answer(request, 200, {"UnprocessedItems": json.loads(request.body)["RequestItems"]})
        return None

    events.register("before-send.dynamodb", before_send)


def answer(request: Any, status: int, body: dict[str, Any]) -> AWSResponse:
    return AWSResponse(request.url, status, {"Content-Type": "application/x-amz-json-1.0"}, Body(json.dumps(body)))


class Body:
    """What botocore reads of an answer that never came over a wire."""

    def __init__(self, text: str) -> None:
        self._left = [text.encode()]

    def stream(self, *_: Any, **__: Any) -> list[bytes]:
        left, self._left = self._left, []
        return left
