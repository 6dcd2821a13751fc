"""Event source mappings: queues and table streams into functions, as Lambda's own pollers do it.

MiniStack's pollers run one FIFO batch at a time over all groups, stop for a slow stream handler and ignore a
stream's partial failures (docs/operations/local-vs-aws.md): its mappings stay disabled, we poll from here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.aws.event_filters import patterns_of
from local.aws.invocations import Failed, Outcome, Returned, Throttled


@dataclass(frozen=True)
class EventSource:
    """One mapping's settings."""

    logical_id: str  # of the function
    source_arn: str
    batch_size: int
    side_by_side: int  # batches of a stream, rows of one key in order
    max_concurrency: int | None
    reports_item_failures: bool
    patterns: tuple[dict[str, Any], ...]
    from_the_start: bool
    max_retries: int  # -1: until the record leaves the stream
    max_record_age_s: int  # -1: no limit
    bisects: bool
    on_failure_arn: str | None

    @property
    def service(self) -> str:
        """`sqs` or `dynamodb`."""
        return self.source_arn.split(":")[2]


@dataclass(frozen=True)
class BatchDone:
    """The function took the batch, except for these item identifiers."""

    failed_items: frozenset[str]


@dataclass(frozen=True)
class BatchFailed:
    """The whole batch counts as not processed."""

    why: str


def event_source(mapping: Mapping[str, Any], logical_id: str) -> EventSource:
    """Read a mapping as `lambda:ListEventSourceMappings` gives it."""
    queue = mapping["EventSourceArn"].split(":")[2] == "sqs"
    return EventSource(
        logical_id=logical_id,
        source_arn=mapping["EventSourceArn"],
        batch_size=mapping.get("BatchSize") or (10 if queue else 100),
        side_by_side=mapping.get("ParallelizationFactor") or 1,
        max_concurrency=mapping.get("ScalingConfig", {}).get("MaximumConcurrency"),
        reports_item_failures="ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", []),
        patterns=tuple(patterns_of(mapping.get("FilterCriteria"))),
        from_the_start=mapping.get("StartingPosition") == "TRIM_HORIZON",
        max_retries=mapping.get("MaximumRetryAttempts", -1),
        max_record_age_s=mapping.get("MaximumRecordAgeInSeconds", -1),
        bisects=bool(mapping.get("BisectBatchOnFunctionError")),
        on_failure_arn=mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
    )


def batch_result(outcome: Outcome, source: EventSource, items: frozenset[str]) -> BatchDone | BatchFailed:
    """What an invocation says about its batch; as on AWS, a malformed or foreign identifier fails it all."""
    match outcome:
        case Failed(payload):
            return BatchFailed(payload.decode(errors="replace"))
        case Throttled():
            return BatchFailed("throttled")
        case Returned(payload):
            if not source.reports_item_failures:
                return BatchDone(frozenset())
            try:
                answer = json.loads(payload) or {}
                failed = frozenset(str(item["itemIdentifier"]) for item in answer.get("batchItemFailures") or [])
            except (ValueError, KeyError, TypeError, AttributeError):
                return BatchFailed("malformed batchItemFailures")
            return BatchDone(failed) if failed <= items else BatchFailed("unknown itemIdentifier")
