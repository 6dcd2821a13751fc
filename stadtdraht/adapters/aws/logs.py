"""Port Logs on CloudWatch Logs Insights: one query over every log group of the deployment."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.operations.trace import LogLine

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

MOST_LINES = 2_000
MOST_GROUPS = 50  # of one query; AWS, CloudWatch Logs quotas, 2026-11
ANSWERS_WITHIN_S = 60.0
LOOKS_EVERY_S = 0.3
AT_WORK = ("Scheduled", "Running")


class LogsNotReadable(StadtdrahtError):
    """The logs cannot be asked; the text says why."""


@dataclass(frozen=True, slots=True)
class CloudWatchLogs:
    """A query costs 0.005 USD for each GB that it reads, so that the time it is asked for should be short."""

    client: "CloudWatchLogsClient"
    prefix: str
    """Of the groups' names, such as `/stadtdraht/production/`."""

    def lines(self, words: Sequence[str], since: datetime, until: datetime) -> Sequence[LogLine]:
        if not words:
            return []
        try:
            rows = self._asked(words, since, until)
        except (BotoCoreError, ClientError) as why:
            raise LogsNotReadable(f"CloudWatch Logs does not answer for {self.prefix}*: {why}") from why
        return [line for row in rows if (line := _line(row))]

    def _asked(self, words: Sequence[str], since: datetime, until: datetime) -> Sequence[Mapping[str, str]]:
        pages = self.client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=self.prefix)
        groups = [group["logGroupName"] for page in pages for group in page["logGroups"]]
        if not groups:
            raise LogsNotReadable(f"there is no log group {self.prefix}*")
        any_of_them = "|".join(re.escape(word).replace("/", r"\/") for word in words)
        query = self.client.start_query(
            logGroupNames=groups[:MOST_GROUPS],
            startTime=int(since.timestamp()),
            endTime=int(until.timestamp()) + 1,
            queryString=(
                f"fields @timestamp, @log, @message | filter @message like /{any_of_them}/ "
                f"| sort @timestamp asc | limit {MOST_LINES}"
            ),
        )["queryId"]
        end = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < end:
            found = self.client.get_query_results(queryId=query)
            if found["status"] == "Complete":
                return [{part["field"]: part["value"] for part in row} for row in found["results"]]
            if found["status"] not in AT_WORK:
                break
            time.sleep(LOOKS_EVERY_S)
        raise LogsNotReadable("a query of CloudWatch Logs Insights came to no end; ask for fewer days")


def _line(row: Mapping[str, str]) -> LogLine | None:
    try:
        fields: Any = json.loads(row["@message"])
        at = datetime.fromisoformat(row["@timestamp"].replace(" ", "T"))
    except (ValueError, KeyError):
        return None
    if not isinstance(fields, dict) or "_aws" in fields:  # a metric of the embedded format
        return None
    return LogLine(at.replace(tzinfo=UTC), row.get("@log", "").rpartition("/")[2], fields)
