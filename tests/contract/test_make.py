"""What a person types: `make help` names every target, and a commit is held to what `make check` checks."""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z-]+):(?:.*  ## (.+))?", MAKEFILE, re.MULTILINE))


def test_every_target_says_what_it_does_and_is_no_file():
    assert {"help", "run", "test", "check", "format"} <= TARGETS.keys()
    assert all(TARGETS.values())
    (phony,) = re.findall(r"^\.PHONY: (.+)", MAKEFILE, re.MULTILINE)
    assert set(phony.split()) == TARGETS.keys()


@pytest.mark.parametrize("words", [("help",), ()])
def test_help_prints_every_target_and_is_what_make_alone_does(words):
    command = ["make", "--silent", "--no-print-directory", *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert [line.split(maxsplit=2)[1:] for line in done.stdout.splitlines()] == [list(it) for it in TARGETS.items()]


def test_a_commit_is_held_to_what_make_check_checks():
    (recipe,) = re.findall(r"^check:.*\n\t(.+)", MAKEFILE, re.MULTILINE)
    hooks = (REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"entry: \.venv/bin/(.+)", hooks) == recipe.split(" && ")
