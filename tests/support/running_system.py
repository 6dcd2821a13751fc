"""The whole product as `make run` starts it, and the hands of a phone, the office and a strict webhook sender."""

import contextlib
import hashlib
import hmac
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import boto3
import httpx

from tests.support.commands import run_command
from tests.support.people_in_logs import assert_nobody_is_named

REPOSITORY = Path(__file__).resolve().parents[2]
THIS_TREE = {"PYTHONPATH": str(REPOSITORY)}  # what is tested, wherever the environment's own install points
STARTS_WITHIN_S = 240  # a first start synthesizes; two busy cores
STOPS_WITHIN_S = 60
ARRIVES_WITHIN_S = 45
SYNTHESIZED = "cdk"  # the part of a state folder
T = TypeVar("T")
_synthesized: list[Path] = []
"""The template's folders of systems that were ready."""


@dataclass
class RunningSystem:
    """One system with its own ports and state folder; `run` is its run.json."""

    state: Path
    process: subprocess.Popen[bytes]
    run: dict[str, Any]
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))
    clients: dict[str, Any] = field(default_factory=dict)

    # ---- a citizen -------------------------------------------------------------------------------------

    def write(self, person: str, town: str, text: str = "", **message: Any) -> str:
        """The person writes to the town; returns the wamid. `message` as in local/whatsapp/README.md."""
        body = {"town": town, "type": "text", **({"text": text} if text else {}), **message}
        answer = self.http.post(f"{self.run['graph']}/_sim/citizens/{person}/messages", json=body)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def press(self, person: str, town: str, title: str) -> str:
        """The person presses a button, or picks from a list, by what is written on it."""
        for kind in ("button_reply", "list_reply"):
            answer = self.http.post(
                f"{self.run['graph']}/_sim/citizens/{person}/messages",
                json={"town": town, "type": kind, "title": title},
            )
            if answer.status_code == 200:
                return str(answer.json()["id"])
        raise AssertionError(f"nothing to press is called {title!r}: {answer.text}")

    def received(self, person: str, town: str) -> list[dict[str, Any]]:
        """Bodies that WhatsApp accepted for the person from this town, oldest first."""
        number = self.run["towns"][town]["phone_number_id"]
        ledger = self.http.get(f"{self.run['graph']}/_sim/messages", params={"phone_number_id": number})
        who = person.lstrip("+")
        return [m["body"] for m in ledger.json()["messages"] if who in {m.get("wa_id"), m.get("user_id")}]

    def after(self, person: str, town: str, count: int) -> dict[str, Any]:
        """The message number `count` (from 1) that the person received, as soon as it is there."""
        return self.until(lambda: self.received(person, town)[count - 1 : count], f"message {count} of {person}")[0]

    def answer_to(self, person: str, town: str, text: str = "", **message: Any) -> dict[str, Any]:
        """What the person gets for this message."""
        before = len(self.received(person, town))
        if "press" in message:
            self.press(person, town, message["press"])
        else:
            self.write(person, town, text, **message)
        return self.after(person, town, before + 1)

    def quiet(self) -> None:
        """Waits until WhatsApp has delivered every webhook and status it owes."""
        self.until(lambda: not self._owed(), "WhatsApp to be quiet")

    def _owed(self) -> int:
        webhooks = self.http.get(f"{self.run['graph']}/_sim/stats").json()["webhooks"]
        return int(webhooks["waiting"]) + int(webhooks["statuses_to_come"])

    # ---- the office ------------------------------------------------------------------------------------

    def stadtdraht(self, *words: str) -> Any:
        """The operator's command with --json; asserts that it succeeded."""
        done = self.command(*words, "--json")
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What `tests/contract/cli/test_command.py` types; here without loading it anew."""
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {**keep, **THIS_TREE, "STADTDRAHT_STATE": str(self.state)}
        return run_command(words, environment)

    # ---- Meta, strict ----------------------------------------------------------------------------------

    def webhook(self, body: Mapping[str, Any] | bytes, *, signature: str | None = None) -> httpx.Response:
        """Posts an envelope signed over its bytes; `signature` "" leaves the header out."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        key = self.run["app_secret"].encode()
        signed = "sha256=" + hmac.new(key, raw, hashlib.sha256).hexdigest() if signature is None else signature
        headers = {"Content-Type": "application/json", **({"X-Hub-Signature-256": signed} if signed else {})}
        return self.http.post(f"{self.run['app']}/webhooks/whatsapp", content=raw, headers=headers)

    def inbox_rows(self, town: str) -> list[dict[str, Any]]:
        """Every stored update of a town, read from the table."""
        client = self.client("dynamodb")
        rows = []
        for shard in "0123456789abcdef":
            answer = client.query(
                TableName=self.run["table"],
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": f"{town}#INBOX#{shard}"}},
                ConsistentRead=True,
            )
            rows += answer["Items"]
        return rows

    def client(self, service: str) -> Any:
        """One per service, as the local AWS's root caller."""
        if service not in self.clients:
            keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
            self.clients[service] = boto3.client(
                service, endpoint_url=self.run["aws"], region_name=self.run["region"], **keys
            )
        return self.clients[service]

    def close(self) -> None:
        for client in (self.http, *self.clients.values()):
            client.close()

    # ---- time ------------------------------------------------------------------------------------------

    def until(self, look: Callable[[], T], what: str, within_s: float = ARRIVES_WITHIN_S) -> T:
        """The first truthy answer of `look`."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            if found := look():
                return found
            time.sleep(0.1)
        raise AssertionError(f"waited {within_s:.0f} s for {what}")


@contextlib.contextmanager
def running(state: Path, **variables: str) -> Iterator[RunningSystem]:
    """`python -m local` with ports of its own, until the block ends; asserts that it starts and stops cleanly, and
    that its logs name nobody.
    """
    ports = dict(zip(("STADTDRAHT_PORT", "WHATSAPP_PORT", "AWS_PORT"), map(str, free_ports(3)), strict=True))
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    environment = {
        **keep,
        **THIS_TREE,
        **ports,
        "STADTDRAHT_STATE": str(state),
        "STADTDRAHT_SAMPLE_DAY": "0",
        **variables,
    }
    state.mkdir(parents=True, exist_ok=True)
    _take_template(state)
    log = state / "start.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local"], cwd=REPOSITORY, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        with contextlib.closing(RunningSystem(state, process, _run_file(state, process, log))) as system:
            _synthesized.append(state / SYNTHESIZED)
            yield system
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert process.returncode == 0, log.read_text()[-4_000:]
    assert_nobody_is_named(state)


def _take_template(state: Path) -> None:
    """That of an earlier system of these tests, when there is one; a start synthesizes anew what is not of its tree."""
    mine = state / SYNTHESIZED
    if not mine.exists() and (known := next((it for it in _synthesized if it.exists()), None)):
        shutil.copytree(known, mine, ignore=shutil.ignore_patterns(".cache"))


def free_ports(count: int) -> list[int]:
    """Ports below the kernel's range for outgoing connections that nobody listens on."""
    found: list[int] = []
    while len(found) < count:
        port = random.SystemRandom().randrange(12_000, 20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
    return found


def _run_file(state: Path, process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    end = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < end:
        if (state / "run.json").exists():
            return dict(json.loads((state / "run.json").read_text()))
        assert process.poll() is None, f"the system did not start:\n{log.read_text()[-4_000:]}"
        time.sleep(0.1)
    raise AssertionError(f"the system was not ready within {STARTS_WITHIN_S} s:\n{log.read_text()[-4_000:]}")
