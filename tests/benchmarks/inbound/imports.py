"""Import time of the webhook function against a bare boto3 client, each in fresh processes that take turns."""

import subprocess
import sys
from collections.abc import Sequence
from statistics import median

from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.inbound.handler import VARIABLES

TURNS = 9
TIMES_BARE = 1.4
CLIENT = "boto3.session.Session().client"
BARE = f'import boto3; {CLIENT}("dynamodb")'
OURS = "from functions.inbound.webhook import ADAPTERS; ADAPTERS.table"


def figures() -> Sequence[Figure]:
    taken: dict[str, list[float]] = {BARE: [], OURS: []}
    for _ in range(TURNS):
        for code, times in taken.items():
            times.append(import_ms(code))
    ours, bare = median(taken[OURS]), median(taken[BARE])
    return [
        Figure("import and first client, webhook", ours, "ms"),
        Figure("import and first client, bare boto3", bare, "ms"),
        Figure("ratio of imports", ours / bare, "times bare boto3", TIMES_BARE),
    ]


def import_ms(code: str) -> float:
    """CPU of the process, without the interpreter that starts it."""
    timed = f"import time; s = time.process_time(); {code}; print((time.process_time() - s) * 1000)"
    environment = {"PATH": "/usr/bin:/bin", **VARIABLES}
    done = subprocess.run([sys.executable, "-c", timed], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])
