"""`stadtdraht crisis list | update | all-clear | link | evidence`: what duty officers and operators type at night."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.crisis import app
from stadtdraht.domain.crisis.alert import AlertKind
from tests.support.builders.crisis import a_town
from tests.support.crisis_page import PIN, CrisisPageHarness

HALL = "Turnhalle Nordstraße 3"


@pytest.fixture
def harness():
    return CrisisPageHarness()


@pytest.fixture
def typed(harness):
    ports = harness.ports
    adapters = SimpleNamespace(
        alerts=ports.alerts,
        towns=ports.towns,
        holders=ports.holders,
        crisis_links=ports.links,
        crisis_queue=ports.queue,
        evidence=ports.evidence,
        link_signer=lambda: ports.signer,
        settings=SimpleNamespace(public_url=ports.public_url),
    )

    def run(*words, columns=300):
        return CliRunner().invoke(app, [*words], obj=adapters, env={"COLUMNS": f"{columns}"})

    return run


@pytest.fixture
def alert(harness):
    machine = {"accept": "application/json", "idempotency-key": "1"}
    browser = harness.link().press(machine, nonce="", scenario="shelter", districts="mussum", detail=HALL)
    return harness.alerts.get(json.loads(browser.page)["alert_id"])


def follow(typed, what, alert_id, *more, holder="Leitstelle"):
    return typed(what, alert_id, "--holder", holder, "--pin", PIN, *more)


def test_the_list_names_ids_kind_state_time_and_place_in_german(typed, alert):
    shown = typed("list", "--town", "bocholt")
    assert shown.exit_code == 0
    assert alert.alert_id in typed("list", "--town", "bocholt", columns=80).output, "an id that is cut is of no use"
    for said in (alert.alert_id, "Sammelstelle geöffnet", "Warnung", "ausgelöst", "2026-11-24 12:00", HALL):
        assert said in shown.output
    [told] = json.loads(typed("list", "--town", "bocholt", "--json").output)
    assert (told["alert_id"], told["scenario"], told["detail"]) == (alert.alert_id, "shelter", HALL)


def test_a_town_that_never_warned_is_told_as_such(typed):
    assert "Bocholt: noch keine Warnung." in typed("list", "--town", "bocholt").output
    assert "Bocholt: noch keine Übung." in typed("list", "--town", "bocholt", "--drills").output


def test_an_update_keeps_place_and_line_unless_it_names_others(typed, harness, alert):
    assert follow(typed, "update", alert.alert_id, "--minutes", "60").exit_code == 0
    first = harness.alerts.get(harness.alerts.get(alert.alert_id).followed_by)
    assert (first.districts, first.detail) == (frozenset({"mussum"}), HALL)
    more = ("--minutes", "60", "--whole-town", "--detail", " Aula  der Realschule ")
    assert follow(typed, "update", first.alert_id, *more).exit_code == 0
    second = harness.alerts.get(harness.alerts.get(first.alert_id).followed_by)
    assert (second.districts, second.detail) == (frozenset(), "Aula der Realschule")


def test_an_update_that_takes_the_line_away_is_refused(typed, alert):
    refused = follow(typed, "update", alert.alert_id, "--minutes", "60", "--detail", "")
    assert refused.exit_code == 1
    assert "den genauen Ort oder einen Hinweis" in refused.output


@pytest.mark.parametrize("what", ["all-clear", "false-alarm"])
def test_the_end_of_what_was_updated_ends_with_1_and_names_what_stands(typed, harness, alert, what):
    follow(typed, "update", alert.alert_id, "--minutes", "60")
    update = harness.alerts.get(alert.alert_id).followed_by
    refused = follow(typed, what, alert.alert_id)
    assert refused.exit_code == 1
    assert "NICHTS gesendet" in refused.output
    assert update in refused.output
    as_json = follow(typed, what, alert.alert_id, "--json")
    assert as_json.exit_code == 1
    told = json.loads(as_json.stdout)
    assert (told["sent"], told["stands"]) == (False, update)
    assert len(harness.alerts.raised) == 2


def test_an_end_that_was_given_already_is_no_fault(typed, harness, alert):
    assert follow(typed, "all-clear", alert.alert_id).exit_code == 0
    assert follow(typed, "all-clear", alert.alert_id).exit_code == 0
    assert [it.kind for it in harness.alerts.raised.values()] == [AlertKind.ALERT, AlertKind.ALL_CLEAR]


def test_a_holder_whom_nobody_knows_is_said_plainly(typed, alert):
    refused = follow(typed, "all-clear", alert.alert_id, holder="Niemand")
    assert refused.exit_code == 1
    assert "niemand mit dem Namen „Niemand“" in refused.output


def test_a_town_that_cannot_warn_gets_no_link_and_hears_what_to_do(typed, harness):
    harness.towns.save(replace(a_town(), crisis_templates=()))
    refused = typed("link", "--town", "bocholt", "--holder", "Neu", "--expires", "30d")
    assert refused.exit_code == 1
    assert "bocholt kann nicht warnen" in refused.output
    assert "crisis_templates" in refused.output
    assert "/crisis/" not in refused.output


@pytest.mark.parametrize("month", ["November", "2026-13", "2026-1", "2026-11-01", "26-11"])
def test_a_month_is_a_year_and_a_month(typed, month):
    refused = typed("evidence", "--town", "bocholt", "--month", month)
    assert refused.exit_code == 1
    assert "zum Beispiel 2026-11" in refused.output
