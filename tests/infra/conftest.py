"""The synthesized templates of a real stage and of the local one, made once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from infra.synth import REPOSITORY, variables


def run_app(out: Path, stage: str, program: tuple[str, ...] = ("-m", "infra.app"), **context: object):
    """The CDK app in a process of its own, over the source tree as it is."""
    return subprocess.run(
        [sys.executable, *program],
        cwd=REPOSITORY,
        env=variables(out, **{"stage": stage, "code_dir": "source", **context}),
        capture_output=True,
        text=True,
        check=False,
    )


def synthesize(out: Path, stage: str, **context: object) -> dict:
    done = run_app(out, stage, **context)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads((out / f"Stadtdraht-{stage}.template.json").read_text())


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A real stage, with cdk-nag's rules: a finding that is not acknowledged fails the synthesis."""
    told = {"checked": True, "alarm_email": "alarm@example.org", "crisis_pollers": 20}
    return synthesize(tmp_path_factory.mktemp("synth"), "production", **told)


@pytest.fixture(scope="session")
def local_template(tmp_path_factory):
    return synthesize(tmp_path_factory.mktemp("synth-local"), "local")


OPERATORS = ("arn:aws:iam::111122223333:role/ops", "arn:aws:iam::111122223333:role/night")


@pytest.fixture(scope="session")
def with_mails(tmp_path_factory):
    """A stage that sends mails to staff, and whose operators are named."""
    told = {"mail_sender": "draht@stadt.example", "operators": ", ".join(OPERATORS)}
    return synthesize(tmp_path_factory.mktemp("synth-mails"), "production", **told)
