"""A function's output: into a file at once, into CloudWatch Logs and metrics a moment later.

Shipping never slows or fails an invocation: lines wait in a bounded buffer and dropped when it is slow.
"""

import asyncio
import json
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from local.aws.account import LocalAccount

BUFFERED_LINES = 5_000
PUT_LINES = 1_000
PUT_METRICS = 500
SHIP_EVERY_S = 1.0


class FunctionLog:
    """One function's log file, and what waits to be shipped."""

    def __init__(self, file: Path, group: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.group = group
        self.stream = f"{datetime.now(UTC):%Y/%m/%d}/[$LATEST]{uuid4().hex}"
        self.waiting: deque[tuple[int, str]] = deque(maxlen=BUFFERED_LINES)
        self._file: BinaryIO = file.open("ab", buffering=0)

    async def follow(self, process: asyncio.subprocess.Process, limit_bytes: int) -> None:
        """Take every line of a process until it closes its output."""
        assert process.stdout
        rest = b""
        while chunk := await process.stdout.read(limit_bytes):
            *lines, rest = (rest + chunk).split(b"\n")
            if lines:
                self.write(lines)
        if rest:
            self.write([rest])

    def write(self, lines: list[bytes]) -> None:
        """Keep lines: the file at once, the rest later."""
        lines = [line.replace(b"\r", b"\n") for line in lines]  # how the runtime client keeps a record whole
        self._file.write(b"\n".join(lines) + b"\n")
        now_ms = int(time.time() * 1000)
        self.waiting.extend((now_ms, line.decode(errors="replace")) for line in lines if line.strip())

    def close(self) -> None:
        self._file.close()


class LogShipper:
    """Carries waiting lines to CloudWatch Logs, and embedded metrics to CloudWatch."""

    def __init__(self, account: LocalAccount) -> None:
        self._logs = account.client("logs", read_timeout_s=10)
        self._metrics = account.client("cloudwatch", read_timeout_s=10)
        self._known_streams: set[tuple[str, str]] = set()

    async def ship(self, logs: list[FunctionLog]) -> None:
        """Ship what waits now."""
        for log in logs:
            if log.waiting:
                lines = [log.waiting.popleft() for _ in range(min(PUT_LINES, len(log.waiting)))]
                await asyncio.to_thread(self._put, log.group, log.stream, lines)

    def _put(self, group: str, stream: str, lines: list[tuple[int, str]]) -> None:
        try:
            self._ensure_stream(group, stream)
            self._logs.put_log_events(
                logGroupName=group,
                logStreamName=stream,
                logEvents=[{"timestamp": at, "message": text} for at, text in lines],
            )
            self._put_metrics([text for _, text in lines if '"_aws"' in text])
        except (BotoCoreError, ClientError):
            return  # a lost line here is a line in the file still

    def _ensure_stream(self, group: str, stream: str) -> None:
        if (group, stream) in self._known_streams:
            return
        for create, names in (
            (self._logs.create_log_group, {"logGroupName": group}),
            (self._logs.create_log_stream, {"logGroupName": group, "logStreamName": stream}),
        ):
            try:
                create(**names)
            except self._logs.exceptions.ResourceAlreadyExistsException:
                continue
        self._known_streams.add((group, stream))

    def _put_metrics(self, lines: list[str]) -> None:
        by_namespace: dict[str, list[dict[str, Any]]] = {}
        for line in lines:
            for namespace, metric in embedded_metrics(line):
                by_namespace.setdefault(namespace, []).append(metric)
        for namespace, metrics in by_namespace.items():
            for first in range(0, len(metrics), PUT_METRICS):
                self._metrics.put_metric_data(Namespace=namespace, MetricData=metrics[first : first + PUT_METRICS])


def embedded_metrics(line: str) -> list[tuple[str, dict[str, Any]]]:
    """The metrics in a line of CloudWatch's embedded metric format, as (namespace, MetricDatum).

    Source: CloudWatch, Embedded metric format specification (2026-11-23). A line that is none gives nothing.
    """
    try:
        entry = json.loads(line[line.index("{") :])
        at = datetime.fromtimestamp(entry["_aws"]["Timestamp"] / 1000, UTC)
        directives = entry["_aws"]["CloudWatchMetrics"]
        return [
            (
                directive["Namespace"],
                {
                    "MetricName": metric["Name"],
                    "Unit": metric.get("Unit", "None"),
                    "Timestamp": at,
                    "Values": [float(value) for value in _as_list(entry[metric["Name"]])],
                    "Dimensions": [{"Name": name, "Value": str(entry[name])} for name in dimensions],
                },
            )
            for directive in directives
            for dimensions in directive.get("Dimensions") or [[]]
            for metric in directive["Metrics"]
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
