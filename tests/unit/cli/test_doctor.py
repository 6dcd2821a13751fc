"""`stadtdraht doctor` right after a town was set up, and when the clock of the readiness check has stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.cli.doctor import _readiness
from tests.support.command_line import NOW, TOWN, Office


@pytest.fixture
def office():
    return Office(filled=True)


def test_a_town_that_nobody_has_looked_at_is_looked_at_now(office):
    assert office.latest_readiness.get(TOWN.id) is None
    found = _readiness(office, TOWN)
    assert office.latest_readiness.get(TOWN.id) is not None
    assert "never" not in found.found
    assert found.found.split(":")[0] in {"green", "yellow", "red"}
    assert found.well == (not found.found.startswith("red"))


def test_a_clock_that_has_stopped_is_named_in_the_town_s_time(office):
    _readiness(office, TOWN)
    seen = office.latest_readiness.get(TOWN.id)
    office.latest_readiness.save(TOWN.id, replace(seen, checked_at=NOW - timedelta(days=2)))
    found = _readiness(office, TOWN)
    assert not found.well
    assert found.found == f"not looked at since {(NOW - timedelta(days=2)).astimezone(TOWN.zone):%Y-%m-%d %H:%M}"
