"""The operator's command, before it talks to any deployment."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


def run(*words, state="/nonexistent"):
    program = Path(sys.executable).parent / "stadtdraht"
    environment = {"PATH": "/usr/bin:/bin", "STADTDRAHT_STATE": str(state), "COLUMNS": "200", "TERM": "dumb"}
    return subprocess.run([program, *words], capture_output=True, text=True, check=False, env=environment)


def test_help_names_every_group():
    text = run("--help").stdout
    assert all(group in text for group in ("town", "citizen", "broadcast", "crisis", "dlq", "doctor"))


def test_a_right_town_file_can_be_applied():
    done = run("town", "check", str(REPOSITORY / "towns" / "bocholt.toml"), "--json")
    assert json.loads(done.stdout)["ok"] is True


def test_a_language_that_nobody_can_be_warned_in_is_named(tmp_path):
    file = tmp_path / "town.toml"
    text = (REPOSITORY / "towns" / "bocholt.toml").read_text(encoding="utf-8")
    assert "No warnings" not in run("town", "check", str(REPOSITORY / "towns" / "bocholt.toml")).stdout
    file.write_text(text.replace('language = "tr"', 'language = "nl"'), encoding="utf-8")
    done = run("town", "check", str(file))
    assert done.returncode == 0
    assert "No warnings in tr: " in done.stdout


def test_a_town_that_has_one_template_for_warnings_is_told_before_meta_pauses_it(tmp_path):
    file = tmp_path / "town.toml"
    text = (REPOSITORY / "towns" / "bocholt.toml").read_text(encoding="utf-8")
    assert "One template" not in run("town", "check", str(REPOSITORY / "towns" / "bocholt.toml")).stdout
    file.write_text(text.replace('["warnung", "warnung_zwei"]', '["warnung"]'), encoding="utf-8")
    assert "One template for warnings in de, de-easy, en" in run("town", "check", str(file)).stdout


def test_json_may_stand_in_front():
    done = run("--json", "town", "check", str(REPOSITORY / "towns" / "bocholt.toml"))
    assert json.loads(done.stdout)["town"] == "bocholt"


def test_a_mistake_in_a_town_file_is_one_line_with_file_line_and_field(tmp_path):
    file = tmp_path / "town.toml"
    text = (REPOSITORY / "towns" / "bocholt.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('land = "NW"', 'land = "XY"'), encoding="utf-8")
    done = run("town", "check", str(file))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{file}:")
    assert ": land: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_says_so(tmp_path):
    done = run("town", "check", str(tmp_path / "nowhere.toml"))
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_without_a_local_system_it_says_how_to_start_one(tmp_path):
    done = run("--local", "town", "list", state=tmp_path)
    assert done.returncode == 1
    assert "make run" in done.stderr


@pytest.mark.parametrize("words", [("broadcast", "send"), ("crisis", "link"), ("nonsense",)])
def test_what_is_not_understood_ends_with_two(words):
    assert run(*words).returncode == 2
