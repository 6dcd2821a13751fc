"""A file with a secret, or about people, is read by nobody but its owner, also where one stood there before."""

import ast
import os
from pathlib import Path

import pytest

from local.secrets import LocalSecrets
from local.state_folder import StateFolder
from stadtdraht.adapters.files.subscriber_file import WrongLine
from stadtdraht.cli.inbound.citizen import _error_file
from stadtdraht.cli.private_file import private_file

CLI = Path(__file__).parents[3] / "stadtdraht" / "cli"
FOR_ANYBODY = {"crisis/cap.py", "crisis/evidence.py", "broadcast/report.py"}  # they write what names no citizen


@pytest.fixture(autouse=True)
def generous():
    """As most machines are set up: others may read what is made."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(file):
    return oct(file.stat().st_mode & 0o777)


def test_only_its_owner_reads_it(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("read by everybody")
    for file in (new, old):
        with private_file(file) as out:
            out.write(b"secret")
        assert (file.read_bytes(), mode(file)) == (b"secret", "0o600")


def test_one_that_has_to_be_new_is_not_written_over(tmp_path):
    file = tmp_path / "there"
    file.write_text("mine")
    with pytest.raises(FileExistsError), private_file(file, is_new=True):
        pass
    assert file.read_text() == "mine"


def test_what_is_no_file_keeps_its_mode():
    before = mode(Path("/dev/null"))
    with private_file(Path("/dev/null")) as out:
        out.write(b"x")
    assert mode(Path("/dev/null")) == before


def test_every_command_writes_its_files_so():
    """But for those that name no citizen."""
    writing = {
        file.relative_to(CLI).as_posix()
        for file in CLI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in {"write_text", "write_bytes"})
        or (isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "open"
        and any(isinstance(it, ast.Constant) and isinstance(it.value, str) and set(it.value) & set("wax")
                for it in node.args))
    }  # fmt: skip
    assert writing == FOR_ANYBODY


def test_what_an_import_leaves_beside_the_file_is_its_owner_s(tmp_path):
    assert _error_file(tmp_path / "people.csv", []) is None
    old = tmp_path / "people.csv.errors.csv"
    old.write_text("read by everybody")
    assert _error_file(tmp_path / "people.csv", [WrongLine(2, "phone", "number")]) == old
    assert mode(old) == "0o600"


def test_secrets_of_the_local_system_are_its_owner_s(tmp_path):
    LocalSecrets.of(tmp_path)
    StateFolder(tmp_path).ready({"app_secret": "x"})
    assert [mode(tmp_path / name) for name in ("secrets.json", "run.json")] == ["0o600"] * 2
