"""`stadtdraht doctor`: its exit code and JSON, and the lamp right after a town was set up or when its clock stopped."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.cli.operations.advice import ADVICE, advice_for
from stadtdraht.cli.operations.doctor import _readiness
from stadtdraht.domain.operations.cloud import EventSource
from stadtdraht.domain.operations.finding import Finding, Level, Remedy
from tests.support.command_line import NOW, TOWN, Office, types


@pytest.fixture
def office():
    return Office(filled=True)


def test_a_town_that_nobody_has_looked_at_is_looked_at_now(office):
    assert office.latest_readiness.get(TOWN.id) is None
    found = _readiness(office, TOWN)
    assert office.latest_readiness.get(TOWN.id) is not None
    assert "never" not in found.found
    lamp = found.found.split(":")[0]
    assert found.level == {"green": "ok", "yellow": "warn", "red": "fail"}[lamp]


def test_a_clock_that_has_stopped_is_named_in_the_town_s_time(office):
    _readiness(office, TOWN)
    seen = office.latest_readiness.get(TOWN.id)
    office.latest_readiness.save(TOWN.id, replace(seen, checked_at=NOW - timedelta(days=2)))
    found = _readiness(office, TOWN)
    assert found.level is Level.FAIL
    assert found.found == f"not looked at since {(NOW - timedelta(days=2)).astimezone(TOWN.zone):%Y-%m-%d %H:%M}"


def test_its_exit_code_fails_when_something_does_not_work_and_json_says_what(office):
    done = types(office, "doctor", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["well"] is False
    assert told["counts"]["fail"] == sum(it["level"] == "fail" for it in told["findings"]) > 0
    assert {frozenset(it) for it in told["findings"]} == {frozenset({"what", "level", "well", "found", "advice"})}
    assert all(it["advice"] for it in told["findings"] if it["level"] != "ok")


def test_a_warning_alone_does_not_fail():
    empty = Office(filled=False)
    empty.towns.port.towns.clear()
    told = json.loads(types(empty, "doctor", "--json").stdout)
    assert (told["well"], told["counts"]["fail"]) == (True, 0)
    assert told["counts"]["warn"] > 0
    assert types(empty, "doctor").exit_code == 0


def test_every_remedy_has_words_and_no_word_is_left_without_what_it_is_about():
    assert set(ADVICE) == set(Remedy)
    for remedy in Remedy:
        told = advice_for(Finding("x", Level.WARN, "found", remedy, "bocholt"))
        assert bool(told) == (remedy is not Remedy.NOTHING)
        assert "{" not in told


def test_a_remedy_that_needs_a_name_is_never_given_without_one(office):
    office.cloud.sources = [EventSource("rows", "inbound-process", "Enabled", "PROBLEM")]
    office.meta_app.known = None
    office.queues.dead = dict.fromkeys(("answers", "inbound_stream"), 1)
    told = [it["advice"] for it in json.loads(types(office, "doctor", "--json").stdout)["findings"]]
    assert not [it for it in told if "towns/.toml" in it or it.endswith(("--town ", "--queue ", "log of "))]
