"""`make bench-imports`: CPU of every function's imports with its table, beside a bare boto3 client.

Each is taken in processes of its own with compiled bytecode, as on Lambda; sides take turns, and each has a bare
client right before it, so that a noisy machine hits both alike. --turns N: how often; --strict: exit code 1 when the
webhook or the console misses its bound.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.inbound.handler import VARIABLES
from tests.support.handlers import ROOT, handlers

BARE = 'import boto3; boto3.session.Session().client("dynamodb")'
COLD = "inbound.webhook with both its clients"
BOTH_CLIENTS = "from functions.inbound.webhook import ADAPTERS as a; a.inbox; a.directory; a.secrets"
MOST = {COLD: 1.4, "console.office": 1.6}  # times a bare client


def import_ms(code: str, bytecode: str) -> float:
    """CPU of the process, without the interpreter that starts it."""
    timed = f"import time; s = time.process_time(); {code}; print((time.process_time() - s) * 1000)"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPYCACHEPREFIX": bytecode, **VARIABLES}
    command = [sys.executable, "-c", timed]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


@dataclass(frozen=True)
class Taken:
    """Milliseconds of one side, each with those of a bare client in the process right before it."""

    name: str
    pairs: Sequence[tuple[float, float]]

    @property
    def times_bare(self) -> float:
        return median(ours / bare for ours, bare in self.pairs)

    @property
    def line(self) -> str:
        ours = [ours for ours, _ in self.pairs]
        ratios = sorted(ours / bare for ours, bare in self.pairs)
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        return f"  {self.name:40} {median(ours):6.0f} ms {self.times_bare:8.2f} × {spread:>14}"


def by_turns(sides: Mapping[str, str], turns: int) -> list[Taken]:
    """The cheapest first. A turn before the others only compiles."""
    with tempfile.TemporaryDirectory() as bytecode:

        def pair(code: str) -> tuple[float, float]:
            bare = import_ms(BARE, bytecode)
            return import_ms(code, bytecode), bare

        taken = [{name: pair(code) for name, code in sides.items()} for _ in range(turns + 1)][1:]
    return sorted((Taken(name, [turn[name] for turn in taken]) for name in sides), key=lambda it: it.times_bare)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=9)
    asked.add_argument("--strict", action="store_true")
    given = asked.parse_args()
    tables = {name.removeprefix("functions."): f"from {name} import ADAPTERS; ADAPTERS.table" for name in handlers()}
    taken = by_turns({COLD: BOTH_CLIENTS, **tables}, given.turns)
    print(
        "CPU of imports and the first client: median, times a bare client, spread", *(it.line for it in taken), sep="\n"
    )
    missed = [it for it in taken if it.times_bare > MOST.get(it.name, it.times_bare)]
    for it in taken:
        if it.name in MOST:
            print(f"{it.name}: {it.times_bare:.2f}, at most {MOST[it.name]}: {'MISSED' if it in missed else 'kept'}")
    return int(given.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
