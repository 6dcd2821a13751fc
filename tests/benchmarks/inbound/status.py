"""`python -m tests.benchmarks.inbound.status`: what a POST with one status takes of the webhook, its log line written.

A newsletter pays for it three times for each recipient (stadtdraht/domain/operations/cost.py). CPU is the process's
own, so that other work on the machine disturbs little; the median of many parts of a hundred POSTs, each part a mean,
since a mean is what is paid. Lines go to nowhere. --strict: exit code 1 when more is taken than is counted.
"""

import contextlib
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

from stadtdraht.domain.operations.aws_prices import FRANKFURT, MILLION
from stadtdraht.domain.operations.cost import STATUSES, WEBHOOK_CPU_S, WEBHOOK_MB, Work, webhook_gb_s
from tests.benchmarks.inbound import handler
from tests.benchmarks.inbound.envelopes import TOWNS, envelope, event
from tests.benchmarks.inbound.figures import Figure, table
from tests.benchmarks.inbound.stubbed_aws import StubbedAws
from tests.benchmarks.turns import cpu_ms

PARTS, POSTS = 40, 100
A_STATUS = len(TOWNS)  # the first number of an envelope that is one
EVERY = 2 * len(TOWNS)
FULL = 1_000  # updates
MEMORIES_MB = (128, 256, 512, 1_024, 1_769)
CONTEXT = SimpleNamespace(aws_request_id="8f5c2b1e-0000-4000-8000-5f1d2c3b4a59")


def figures() -> Sequence[Figure]:
    handler.VARIABLES["POWERTOOLS_LOG_LEVEL"] = "INFO"
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        webhook, _ = handler.webhook(StubbedAws())
        posts = [_post(envelope(1, first=A_STATUS + EVERY * number)) for number in range((PARTS + 1) * POSTS)]
        took = [_of_each_ms(webhook, posts[first : first + POSTS]) for first in range(0, len(posts), POSTS)][1:]
        webhook(_post(envelope(FULL, first=len(posts) * EVERY)), CONTEXT)
    low, _, high = quantiles(took, n=4)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure("CPU of a POST with one status", median(took), "ms", WEBHOOK_CPU_S * 1000),
        Figure("a quarter takes less, a quarter more than", low, f"and {high:.3f} ms"),
        Figure(f"memory, {FULL:,} updates in an envelope", memory_mb, "MB", WEBHOOK_MB / 2),
        *(_of_memory(memory) for memory in MEMORIES_MB),
    ]


def _post(raw: bytes) -> dict[str, Any]:
    post = event(raw)
    post["requestContext"]["requestId"] = "KqXyZhPbDoEEJ4g="
    return post


def _of_each_ms(webhook: Any, posts: Sequence[dict[str, Any]]) -> float:
    return cpu_ms(lambda: [webhook(post, CONTEXT) for post in posts]) / len(posts)


def _of_memory(memory_mb: int) -> Figure:
    statuses = STATUSES * MILLION
    work = Work(gb_seconds=statuses * webhook_gb_s(memory_mb))
    return Figure(f"a million recipients at {memory_mb:,} MB", work.usd(FRANKFURT)["functions"], "USD, as counted")


if __name__ == "__main__":
    found = figures()
    print(table("What a status takes of the webhook", found))
    sys.exit(int("--strict" in sys.argv and any(figure.is_missed for figure in found)))
