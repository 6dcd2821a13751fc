"""`stadtdraht migrate`: what it says before, after, and where somebody has to look."""

import json

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.ports.migration import OlderRow
from tests.support.adapters import FakeAdapters
from tests.support.fakes.stored_rows import FakeStoredRows

PROFILE, NEWSLETTER = "bocholt#CITIZEN#a PROFILE", "bocholt#CAUSE#b META"


@pytest.fixture
def rows():
    return FakeStoredRows([OlderRow("profile", PROFILE, {}), OlderRow("newsletter", NEWSLETTER, {})])


@pytest.fixture
def migrate(rows):
    adapters = FakeAdapters(stored_rows=rows)
    return lambda *words: CliRunner().invoke(app, ["migrate", *words], obj=adapters, catch_exceptions=False)


def test_a_look_changes_nothing(migrate, rows):
    assert "newsletter: 1\nprofile: 1" in migrate("--dry-run").stdout
    assert len(rows.older) == 2
    migrate()
    assert "Every row has its present shape." in migrate("--dry-run").stdout


def test_it_says_what_it_renewed_and_the_second_time_nothing(migrate):
    done = migrate()
    assert (done.exit_code, "Renewed: newsletter: 1" in done.stdout) == (0, True)
    assert "Renewed" not in migrate().stdout
    assert json.loads(migrate("--json").stdout)["renewed"] == {}


def test_what_nobody_can_read_is_named_and_is_no_success(migrate, rows):
    rows.unreadable = frozenset({PROFILE})
    done = migrate()
    assert (done.exit_code, PROFILE in done.stdout) == (1, True)
