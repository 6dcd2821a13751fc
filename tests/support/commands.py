"""The operator's command in a process of its own, without waiting for its imports each time."""

import atexit
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

_free: list[subprocess.Popen[str]] = []
"""Servers that run nothing now; each runs one command at a time."""


def run_command(
    words: Sequence[str], environment: Mapping[str, str], folder: Path = REPOSITORY
) -> subprocess.CompletedProcess[str]:
    """As `stadtdraht WORDS` ends in this folder, with these variables and no others."""
    job = {"words": list(words), "environment": dict(environment), "folder": str(folder)}
    with _server(environment) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(job) + "\n")
        server.stdin.flush()
        answer = server.stdout.readline()
        assert answer, f"the server of commands ended with {server.wait()}"
    ended = json.loads(answer)
    return subprocess.CompletedProcess(["stadtdraht", *words], ended["code"], ended["out"], ended["err"])


@contextlib.contextmanager
def _server(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    server = _free.pop() if _free else _started(environment)
    yield server
    _free.append(server)


def _started(environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.command_server"],
        env={**environment, "PYTHONPATH": str(REPOSITORY)},  # what is tested, wherever it is installed from
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


@atexit.register
def _end() -> None:
    for server in _free:
        server.communicate()
