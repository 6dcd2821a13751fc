"""Where the numbers of this machine come from: files of log lines, queues, and what the local AWS reports."""

import asyncio
import contextlib
import json
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from local.watch.definitions import API_LOG
from local.watch.watch import Watch

LOOKS_EVERY_S = 2.0
QUEUES_EVERY_S = 10.0
READ_BACK_BYTES = 2_000_000  # of a file that is there before we are
ANSWERS_WITHIN_S = 5
SQS_MESSAGES = "/_ministack/sqs/messages"


class LogFiles:
    """Follows every file of the state's logs, and remembers how far."""

    def __init__(self, watch: Watch, folder: Path) -> None:
        self._watch, self._folder = watch, folder
        self._read: dict[Path, int] = {}

    def look(self) -> None:
        """Take in what was written since the last look."""
        groups = self._watch.definitions.log_groups
        for file in sorted(self._folder.glob("*.log")):
            if group := groups.get(file.stem):
                self._follow(file, group)

    def _follow(self, file: Path, group: str) -> None:
        size = file.stat().st_size
        begin = self._read.get(file, max(0, size - READ_BACK_BYTES))
        if size < begin:  # it was begun anew
            begin = 0
        if size == begin:
            return
        with file.open("rb") as lines:
            lines.seek(begin)
            text = lines.read(size - begin)
        whole = text.rfind(b"\n") + 1  # the last line may still be under way
        self._read[file] = begin + whole
        now_s = time.time()
        self._watch.measure("AWS/Logs", "IncomingBytes", whole, now_s)
        for line in text[:whole].splitlines():
            self._watch.read_line(group, line.decode(errors="replace"), now_s)


class Reports:
    """What the Lambda host says of each invocation: metrics that Lambda measures by itself."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._running: Counter[str] = Counter()

    def began(self, function: str) -> None:
        """An invocation was asked for."""
        self._running[function] += 1
        self._measure("ConcurrentExecutions", function, self._running[function], self._running.total())

    def ended(self, function: str, *, failed: bool, took_s: float) -> None:
        """It returned, or did not."""
        self._running[function] -= 1
        self._measure("Invocations", function, 1)
        self._measure("Errors", function, int(failed))
        self._measure("Duration", function, took_s * 1000)

    def throttled(self, function: str) -> None:
        """It found no free concurrency."""
        self._running[function] -= 1
        self._measure("Throttles", function, 1)

    def behind(self, function: str, age_s: float) -> None:
        """How long the oldest record of a stream's batch has waited that it is given."""
        self._measure("IteratorAge", function, age_s * 1000)

    def _measure(self, name: str, function: str, value: float, of_all: float | None = None) -> None:
        now_s = time.time()
        self._watch.measure("AWS/Lambda", name, value, now_s, {"FunctionName": function})
        self._watch.measure("AWS/Lambda", name, value if of_all is None else of_all, now_s)


class ApiLog:
    """The API's access log, and what API Gateway measures by itself."""

    def __init__(self, watch: Watch, folder: Path) -> None:
        self._watch, self._file = watch, folder / f"{API_LOG}.log"

    def answered(self, method: str, path: str, status: int, took_s: float, request: str) -> None:
        """One request; its path stays out, as in the deployed one: a crisis link is a secret path."""
        now_s, definitions = time.time(), self._watch.definitions
        client, server = status // 100 == 4, status // 100 == 5  # noqa: PLR2004 - classes of HTTP statuses
        for name, value in (("Count", 1.0), ("4xx", client), ("5xx", server), ("Latency", took_s * 1000)):
            self._watch.measure("AWS/ApiGateway", name, float(value), now_s, {"ApiId": definitions.api})
        entry = {
            "timestamp": datetime.fromtimestamp(now_s, UTC).isoformat(timespec="milliseconds"),
            "request": request,
            "route": definitions.routes.key_of(method, path),
            "status": str(status),
            "latency_ms": str(round(took_s * 1000)),
        }
        with self._file.open("a") as log:
            log.write(json.dumps(entry) + "\n")


def measure_queues(watch: Watch, listed: dict[str, Any], now_s: float) -> None:
    """What CloudWatch would know of each queue, from the local AWS's list of all messages."""
    for of_account in listed.get("messages", {}).values():
        for of_region in of_account.values():
            for url, messages in of_region.items():
                queue = {"QueueName": url.rstrip("/").rpartition("/")[2]}
                visible = sum(bool(it["IsVisible"]) for it in messages)
                oldest_s = max((now_s - _sent_s(it["SentTimestamp"]) for it in messages), default=0.0)
                watch.measure("AWS/SQS", "ApproximateNumberOfMessagesVisible", visible, now_s, queue)
                watch.measure("AWS/SQS", "ApproximateAgeOfOldestMessage", max(0.0, oldest_s), now_s, queue)


def _sent_s(stamp: float) -> float:
    """Seconds; SQS itself gives milliseconds."""
    return stamp / 1000 if stamp > 10**11 else stamp


async def collect(watch: Watch, logs: Path, endpoint: str) -> None:
    """Look at files and queues until cancelled."""
    files = LogFiles(watch, logs)
    timeout = ClientTimeout(total=ANSWERS_WITHIN_S)
    async with ClientSession(timeout=timeout) as session:
        looked_s = 0.0
        while True:
            await asyncio.to_thread(files.look)
            if time.monotonic() - looked_s >= QUEUES_EVERY_S:
                looked_s = time.monotonic()
                with contextlib.suppress(ClientError, TimeoutError, ValueError):
                    async with session.get(endpoint + SQS_MESSAGES) as answer:
                        measure_queues(watch, await answer.json(), time.time())
            await asyncio.sleep(LOOKS_EVERY_S)
