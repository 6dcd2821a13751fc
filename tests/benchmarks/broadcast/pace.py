"""Time over N/R, the peak second and throttles: the sender's own processes against a strict Graph API."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from tests.benchmarks.broadcast import newsletters
from tests.benchmarks.inbound.figures import Figure
from tests.support.running_system import free_ports

OVER_N_BY_R = 1.08  # a pace of 0.95 R where nobody writes, and 2.6 % for everything else
THROTTLED_SHARE = 0.0001
GRAPH_LATENCY_S = 0.12
STARTS_WITHIN_S = 15
MODULE = "tests.benchmarks.broadcast"


def figures(people: int, rate_mps: int) -> Sequence[Figure]:
    """One newsletter of these people at R = rate_mps, real and bare in turn."""
    found = {kind: _run(kind, people, rate_mps) for kind in ("bare", "real")}
    real, name = found["real"], f"{people:,} at {rate_mps:,}/s"
    return [
        Figure(f"{name}, accepted", real["accepted"], "messages"),
        Figure(f"{name}, time over N/R", real["took_s"] / (people / rate_mps), "times", OVER_N_BY_R),
        Figure(f"{name}, peak second", real["peak"], "messages", rate_mps),
        Figure(f"{name}, throttled", real["throttled"] / people, "of all", THROTTLED_SHARE),
        Figure(f"{name}, bare loop's time over N/R", found["bare"]["took_s"] / (people / rate_mps), "times"),
    ]


def _run(kind: str, people: int, rate_mps: int) -> dict[str, Any]:
    lanes = newsletters.planned(people, rate_mps).lanes
    with graph_api(rate_mps) as url:
        start_at = time.time() + STARTS_WITHIN_S
        started = [
            _process("lane", kind, url, str(lane), str(people), str(rate_mps), str(start_at)) for lane in range(lanes)
        ]
        told = [json.loads(process.communicate()[0]) for process in started]
        stats = httpx.get(f"{url}/stats").json()
    assert stats["accepted"] == sum(it["accepted"] for it in told), (stats, told)
    return dict(stats)


@contextmanager
def graph_api(rate_mps: int) -> Iterator[str]:
    """Address of a strict Graph API in a process of its own."""
    port = free_ports(1)[0]
    process = _process("graph_stub", str(port), str(rate_mps), str(GRAPH_LATENCY_S))
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{url}/stats")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def _process(module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"{MODULE}.{module}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))  # noqa: TID251
