"""`make bench-imports`: CPU of every function's imports with its table, beside a bare boto3 client.

Each is taken in processes of its own with compiled bytecode, as on Lambda; sides take turns, so that a noisy machine
hits all alike. --turns N: how often; --strict: exit code 1 when the webhook misses its bound.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from statistics import median

from tests.benchmarks.inbound.handler import VARIABLES
from tests.support.handlers import ROOT, handlers

BARE, COLD = "bare boto3 client", "functions.inbound.webhook, both clients"
MOST = 1.4  # times bare boto3, for the webhook as it stands before its first envelope
SIDES = {
    BARE: 'import boto3; boto3.session.Session().client("dynamodb")',
    COLD: "from functions.inbound.webhook import ADAPTERS as a; a.inbox; a.directory; a.secrets",
}


def import_ms(code: str, bytecode: str, source: str = str(ROOT)) -> float:
    """CPU of the process, without the interpreter that starts it."""
    timed = f"import time; s = time.process_time(); {code}; print((time.process_time() - s) * 1000)"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": source, "PYTHONPYCACHEPREFIX": bytecode, **VARIABLES}
    done = subprocess.run([sys.executable, "-c", timed], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def by_turns(sides: Mapping[str, str], turns: int) -> dict[str, list[float]]:
    """Milliseconds of each side; a turn before them only compiles."""
    with tempfile.TemporaryDirectory() as bytecode:
        taken = [{name: import_ms(code, bytecode) for name, code in sides.items()} for _ in range(turns + 1)]
    return {name: [turn[name] for turn in taken[1:]] for name in sides}


def lines(taken: Mapping[str, Sequence[float]]) -> list[str]:
    """Median, spread and ratio of each side, the cheapest first."""
    bare, width = median(taken[BARE]), max(map(len, taken))
    rows = sorted((median(times), name, times) for name, times in taken.items())
    return [
        f"  {name:{width}}  {middle:7.0f} ms  {f'{min(times):.0f} to {max(times):.0f}':>12}  {middle / bare:5.2f} ×"
        for middle, name, times in rows
    ]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=9)
    asked.add_argument("--strict", action="store_true")
    given = asked.parse_args()
    taken = by_turns(
        {**SIDES, **{name: f"from {name} import ADAPTERS; ADAPTERS.table" for name in handlers()}}, given.turns
    )
    cold = median(taken[COLD]) / median(taken[BARE])
    missed = cold > MOST
    print("CPU of imports and the first client: median, spread, times a bare client", *lines(taken), sep="\n")
    print(f"{COLD}: {cold:.2f} ×, bound {MOST} ×: {'MISSED' if missed else 'kept'}")
    return int(given.strict and missed)


if __name__ == "__main__":
    sys.exit(main())
