"""docs/operations/deploy.md, word for word: its commands in a fresh clone, as far as they go without an account."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra import bundle, compiler
from infra.synth import REPOSITORY

PAGE = REPOSITORY / "docs" / "operations" / "deploy.md"
NO_CREDENTIALS = "no credentials have been configured"
NO_STACK = "neither a local system"
WITHIN_S = 600
# What each command of the page's blocks ends with, where nobody has an account. Those not named here have to succeed.
ENDS_WITH = {
    "make bootstrap": NO_CREDENTIALS,
    "make diff": NO_CREDENTIALS,
    "make deploy": NO_CREDENTIALS,
    ".venv/bin/stadtdraht town apply": NO_STACK,
    ".venv/bin/stadtdraht doctor": NO_STACK,
    ".venv/bin/stadtdraht crisis link": NO_STACK,
    ".venv/bin/stadtdraht staff invite": NO_STACK,
}
# The page's own example of what may follow. It is typed for the bare command, whose recipe starts as `make diff` does
# and synthesizes as long.
OF_DEV = "make deploy ARGS='-c stage=dev -c alarm_email=it@stadt.example'"
SET_UP_BY_HAND = ("git clone",)  # the clone is of this tree, with what is not committed yet


def blocks():
    return re.findall(r"^```sh\n(.+?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands():
    """Lines of all blocks, in order, without their comments."""
    lines = [re.sub(r"\s+#.*", "", line).strip() for block in blocks() for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(SET_UP_BY_HAND)]


def found_compiler():
    try:
        return compiler.find(bundle.PYTHON)
    except compiler.NoCompiler:
        return None


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """This tree as a clone has it, with the environment that runs these tests for its .venv."""
    there = tmp_path_factory.mktemp("clone") / "stadtdraht"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", REPOSITORY, there], check=True)
    changed = subprocess.run(
        ["git", "ls-files", "--modified", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in changed.stdout.splitlines():
        file = REPOSITORY / name
        if file.is_file():
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, there / name)
    venv = there / ".venv"
    (venv / "bin").mkdir(parents=True)
    for program in Path(sys.prefix, "bin").iterdir():
        (venv / "bin" / program.name).symlink_to(program)
    (venv / "lib").symlink_to(Path(sys.prefix, "lib"))
    shutil.copy(Path(sys.prefix, "pyvenv.cfg"), venv)
    (venv / "ready").touch()
    (there / "TOKEN.txt").write_text("a token\n")  # of the system user, which Meta gives
    return there


@pytest.fixture(scope="module")
def environment(clone):
    """The machine's own, without anything that leads to AWS."""
    machine = os.environ  # noqa: TID251 - handed on, not read
    kept = {name: value for name, value in machine.items() if not name.startswith(("AWS_", "CDK_", "STADTDRAHT_"))}
    return {
        **kept,
        "PYTHONPATH": str(clone),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def run(line, clone, environment):
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_S,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(found_compiler() is None, reason=f"no Python {bundle.PYTHON} here; `make synth` says what to do")
def test_every_command_does_what_it_can_without_an_account(clone, environment):
    assert OF_DEV in PAGE.read_text(encoding="utf-8")
    done = {}
    for line in (OF_DEV if line == "make deploy" else line for line in commands()):
        if line.startswith("export "):  # AWS_PROFILE names a profile that nobody here has
            continue
        code, said = run(line, clone, environment)
        expected = next((text for begins, text in ENDS_WITH.items() if line.startswith(begins)), None)
        assert (code != 0) == bool(expected), f"{line}: {code}\n{said[-2000:]}"
        assert (expected or "") in said, f"{line}\n{said[-2000:]}"
        done[line] = said
    assert all(any(line.startswith(begins) for line in done) for begins in ENDS_WITH)
    assert (clone / "build" / "cdk.out" / "Stadtdraht-production.template.json").is_file()
    assert list((clone / "build" / "bundle" / "functions").rglob("*.pyc"))
    assert "Stadtdraht-dev" in done[OF_DEV]  # what follows arrives
    assert "end-of-life" not in done[OF_DEV]  # whatever Node the machine has, jsii runs on that of .venv
