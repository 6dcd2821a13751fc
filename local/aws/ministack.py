"""MiniStack, the local AWS, as a child process whose whole state lives in one folder."""

import asyncio
import os
import signal
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from local import processes
from local.aws.account import ACCOUNT_ID, REGION, ROOT_KEY, TransactionKeys

READY_WITHIN_S = 60
SAVE_WITHIN_S = 20  # it writes its state on SIGTERM only, so it gets time to


@dataclass(frozen=True)
class MiniStack:
    """A running MiniStack."""

    process: asyncio.subprocess.Process
    endpoint: str
    log: Path


async def start(
    *,
    port: int,
    state: Path,
    repository: Path,
    enforce_iam: bool = True,
    transaction_keys: TransactionKeys = TransactionKeys.ALL,
) -> MiniStack:
    """Start MiniStack on 127.0.0.1:`port` and wait until it answers.

    `state` keeps everything it knows. `enforce_iam` makes it check signatures and assumed roles' policies, with the
    rows that they are held to. The default of `transaction_keys` is the strictest.
    Raises `ChildDied` when it ends while starting.
    """
    folders = {"TMPDIR": state / "tmp", "STATE_DIR": state / "state", "S3_DATA_DIR": state / "s3"}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    log = state / "ministack.log"
    environment = {
        "PATH": os.defpath,
        "HOME": str(state),
        **{name: str(folder) for name, folder in folders.items()},
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "localhost",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT_ID,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
        "AWS_DEFAULT_REGION": REGION,
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "AUTH": "true" if enforce_iam else "false",
        "TRANSACTION_KEYS": transaction_keys,
    }
    with log.open("ab") as output:
        process = await processes.start(
            [sys.executable, "-m", "local.aws.leading_keys"],
            environment=environment,
            folder=repository,
            stdout=output.fileno(),
            death_signal=signal.SIGTERM,
        )
    endpoint = f"http://127.0.0.1:{port}"
    try:
        await _wait_until_ready(process, endpoint, log)
    except BaseException:
        await processes.stop(process, grace_s=SAVE_WITHIN_S)
        raise
    return MiniStack(process, endpoint, log)


async def stop(ministack: MiniStack) -> None:
    """Let MiniStack save its state, then end it."""
    await processes.stop(ministack.process, grace_s=SAVE_WITHIN_S)


async def _wait_until_ready(process: asyncio.subprocess.Process, endpoint: str, log: Path) -> None:
    async with asyncio.timeout(READY_WITHIN_S):
        while not await asyncio.to_thread(_answers, endpoint):
            if process.returncode is not None:
                raise processes.ChildDied("MiniStack", process.returncode, log)
            await asyncio.sleep(0.1)


def _answers(endpoint: str) -> bool:
    try:
        with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=2) as answer:  # noqa: S310 - own URL
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False
