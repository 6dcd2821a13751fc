"""Drills by the clock and by hand: every town that can warn, at the same moment, and nobody outside."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from typer.testing import CliRunner

from functions.crisis import drill
from stadtdraht.cli.crisis import drill as drill_command
from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.identifiers import DRILL, kind_of
from stadtdraht.settings import Settings
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.run_drills import DrillPlan, run_drills, scenario_of
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import CrisisPageHarness
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.towns import FakeTowns

PLAN = DrillPlan("monthly", NOON, "Übungsplan")


@pytest.fixture
def harness():
    made = CrisisPageHarness()
    made.towns = FakeTowns(
        {it.id: it for it in (a_town(), a_town("vreden", "Vreden"), a_town("nowhere", "Nowhere", crisis_templates=()))}
    )
    made.deliveries = FakeDeliveries()
    made.slices.state = SliceState.DONE
    return made


def hold(harness, plan=PLAN, **more):
    numbers = count()
    return run_drills(
        harness.towns.all(),
        plan,
        alerts=harness.alerts,
        queue=harness.line,
        evidence=harness.evidence,
        new_random=lambda: f"{next(numbers):06}",
        public_url="https://stadtdraht.example",
        **more,
    )


def test_every_town_that_can_warn_drills_and_no_number_is_taken_from_a_newsletter(harness):
    results = hold(harness)
    assert [(one.town, one.begun) for one in results] == [("bocholt", True), ("vreden", True)]
    assert all(kind_of(one.alert_id) == DRILL for one in results)
    alerts = [harness.alerts.get(one.alert_id) for one in results]
    assert {(alert.mode, alert.raised_at, alert.holder) for alert in alerts} == {(LinkMode.DRILL, NOON, "Übungsplan")}
    assert {work_slice.cause for work_slice, _ in harness.line.put_in} == {one.alert_id for one in results}
    assert harness.alerts.crisis_until == {}


def test_the_same_drill_of_a_day_begins_once_however_often_the_clock_asks(harness):
    first = hold(harness)
    again = hold(harness, DrillPlan("monthly", NOON + timedelta(minutes=20), "Übungsplan"))
    assert [(one.alert_id, one.begun) for one in again] == [(one.alert_id, False) for one in first]
    assert all(one.begun for one in hold(harness, DrillPlan("warntag", NOON + timedelta(minutes=20), "Übungsplan")))
    assert all(one.begun for one in hold(harness, DrillPlan("monthly", NOON + timedelta(days=30), "Übungsplan")))


def test_it_is_prepared_before_the_moment_and_begun_after_it(harness):
    then = []
    hold(harness, until_then=lambda: then.append((len(harness.alerts.raised), len(harness.line.put_in))))
    assert then == [(0, 0)]
    assert len(harness.alerts.raised) == 2


def test_a_town_that_fails_hinders_no_other(harness):
    raise_once = harness.alerts.raise_once

    def fails_for_bocholt(trigger):
        if trigger.alert.town == "bocholt":
            raise ConnectionError("the table does not answer")
        return raise_once(trigger)

    harness.alerts.raise_once = fails_for_bocholt
    bocholt, vreden = hold(harness)
    assert (bocholt.failed, bocholt.begun, vreden.begun) == ("ConnectionError", False, True)


def test_what_a_dead_clock_left_half_done_is_handed_over_by_the_next(harness):
    harness.line.broken = True
    assert {one.failed for one in hold(harness)} == {"ConnectionError"}
    harness.line.broken = False
    assert not any(one.failed for one in hold(harness))
    assert {work_slice.town for work_slice, _ in harness.line.put_in} == {"bocholt", "vreden"}


def test_the_folder_says_who_drilled(harness):
    results = hold(harness)
    (entry,) = harness.evidence.entries("bocholt", results[0].alert_id)
    assert (entry.what, entry.facts["holder"], entry.facts["mode"]) == ("raised", "Übungsplan", "drill")


def test_over_time_every_case_is_drilled():
    months = [datetime(2026 + month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in range(len(SCENARIOS))]
    assert {scenario_of(at) for at in months} == set(SCENARIOS)


# ---- the clock -------------------------------------------------------------------------------------------

BEFORE_SUMMER = datetime(2026, 9, 10, 8, 58, 20, tzinfo=UTC)  # 10:58:20 in Germany
ELEVEN = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (BEFORE_SUMMER, ELEVEN),
        (ELEVEN, ELEVEN),
        (ELEVEN + timedelta(seconds=1), ELEVEN + timedelta(seconds=1)),  # came late: at once
        (ELEVEN - timedelta(hours=2), ELEVEN - timedelta(hours=2)),  # a hand started it: nobody waits two hours
    ],
)
def test_it_waits_for_the_second_only_when_it_is_just_ahead(now, at):
    assert drill.moment("11:00:00", now) == at


def test_the_second_is_german_in_winter_too():
    now = datetime(2026, 12, 10, 9, 59, tzinfo=UTC)
    assert drill.moment("11:00:00", now) == datetime(2026, 12, 10, 10, 0, tzinfo=UTC)
    assert drill.moment("", now) == now


@pytest.fixture
def deployed(harness):
    names = ("alerts", "towns", "evidence", "audience", "deliveries", "slices")
    harness.adapters = FakeAdapters(
        settings=Settings(public_url="https://stadtdraht.example"),
        crisis_queue=harness.line,
        **{name: getattr(harness, name) for name in names},
    )
    return harness


def test_the_clock_begins_all_and_complains_when_one_could_not(deployed):
    assert drill.handler({"name": "monthly"}, None, adapters=deployed.adapters) == {"towns": 2, "begun": 2}
    assert drill.handler({"name": "monthly"}, None, adapters=deployed.adapters) == {"towns": 2, "begun": 0}
    deployed.line.broken = True
    with pytest.raises(drill.DrillFailed, match="2 of 2 towns"):
        drill.handler({"name": "warntag"}, None, adapters=deployed.adapters)


# ---- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def types(deployed):
    def typed(*words):
        words = ["crisis", *words]
        return CliRunner().invoke(app, words, obj=deployed.adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return typed


def test_a_drill_by_hand_is_told_with_its_times(deployed, monkeypatch, types):
    accepted_after = (0.4, 0.9, 1.6)

    def sends_meanwhile(_):
        (alert,) = deployed.alerts.raised.values()
        people = deployed.audience.people
        outcomes = [
            Outcome(
                DeliveryKey(alert.alert_id, who.citizen_id),
                OutcomeKind.ACCEPTED,
                alert.raised_at + timedelta(seconds=s),
            )
            for who, s in zip(people, accepted_after, strict=False)
        ]
        asyncio.run(deployed.deliveries.record("bocholt", outcomes))
        deployed.slices.state = SliceState.DONE

    deployed.slices.state = SliceState.RUNNING
    monkeypatch.setattr(drill_command, "pause", sends_meanwhile)
    told = json.loads(types("drill", "--town", "bocholt", "--scenario", "flood", "--by", "Frau A", "--json").stdout)
    (report,) = told["drills"]
    assert (report["by"], report["scenario"], report["planned"], report["accepted"]) == ("Frau A", "flood", 10, 3)
    assert [report[f"{name}_accepted_ms"] for name in ("first", "half", "last")] == [400, 900, 1600]
    assert report["finished"]
    listed = types("drills").stdout
    assert "0,4" in listed
    assert "Noch nie geübt: vreden" in listed


def test_a_drill_that_does_not_end_is_told_as_it_stands(deployed, monkeypatch, types):
    pauses = []
    monkeypatch.setattr(drill_command, "pause", pauses.append)
    deployed.slices.state = SliceState.RUNNING
    told = json.loads(types("drill", "--town", "bocholt", "--wait", "3", "--json").stdout)
    assert (told["drills"][0]["finished"], len(pauses)) == (False, 3)


def test_all_towns_drill_by_one_command(deployed, types):
    told = json.loads(types("drill", "--all", "--json").stdout)
    assert [one["town"] for one in told["drills"]] == ["bocholt", "vreden"]
    assert len({one["raised_at"] for one in told["drills"]}) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "Nennen Sie eines"),
        (("--all", "--town", "bocholt"), "Nennen Sie eines"),
        (("--town", "nowhere"), "Keine Stadt kann üben"),
        (("--town", "bocholt", "--scenario", "dragon"), "Möglich sind fire"),
        (("--town", "atlantis"), "atlantis"),
    ],
)
def test_what_cannot_be_drilled_is_one_line(deployed, words, why, types):
    done = types("drill", *words)
    assert (done.exit_code, why in done.output) == (1, True)
    assert deployed.alerts.raised == {}


def test_a_town_that_could_not_begin_is_said_and_ends_with_an_error(deployed, types):
    deployed.line.broken = True
    done = types("drill", "--town", "bocholt")
    assert (done.exit_code, "bocholt: NICHT GEÜBT" in done.stdout) == (1, True)
