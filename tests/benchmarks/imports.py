"""`make bench-imports`: CPU of every function's imports with its table, beside a bare boto3 client.

Each is taken in processes of its own with compiled bytecode, as on Lambda; they take turns, each beside a bare client
(tests/benchmarks/turns.py). --turns N: how often, at least twice; --strict: exit code 1 when the
webhook or the console misses its bound.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import partial

from tests.benchmarks.inbound.handler import VARIABLES
from tests.benchmarks.turns import Turns, by_turns
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


def taken_in_turns(sides: Mapping[str, str], turns: int) -> Mapping[str, Turns]:
    """The cheapest first. The turn that does not count compiles."""
    with tempfile.TemporaryDirectory() as bytecode:
        imports = {name: partial(import_ms, code, bytecode) for name, code in sides.items()}
        taken = by_turns(imports, partial(import_ms, BARE, bytecode), turns)
    return dict(sorted(taken.items(), key=lambda it: it[1].ratio))


def line(name: str, taken: Turns) -> str:
    spread = "{:.2f} to {:.2f}".format(*taken.quartiles)
    return f"  {name:40} {taken.ours_ms:6.0f} ms {taken.ratio:8.2f} × {spread:>14}"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=9)
    asked.add_argument("--strict", action="store_true")
    given = asked.parse_args()
    tables = {name.removeprefix("functions."): f"from {name} import ADAPTERS; ADAPTERS.table" for name in handlers()}
    taken = taken_in_turns({COLD: BOTH_CLIENTS, **tables}, given.turns)
    print("CPU of imports and the first client: median, times a bare client, and between which half of the turns lie")
    print(*(line(name, it) for name, it in taken.items()), sep="\n")
    missed = [name for name, most in MOST.items() if taken[name].ratio > most]
    for name, most in MOST.items():
        print(f"{name}: {taken[name].ratio:.2f}, at most {most}: {'MISSED' if name in missed else 'kept'}")
    return int(given.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
