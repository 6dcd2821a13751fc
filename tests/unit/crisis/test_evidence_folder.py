"""An alert's folder as it is opened, printed and filed."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.evidence import FIGURES, RAISED
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.texts.staff.crisis.evidence import fact
from stadtdraht.usecases.crisis.evidence_folder import open_folder
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON
from tests.support.crisis_page import CrisisPageHarness, a_person
from tests.support.fakes.deliveries import FakeDeliveries

AFTER = NOON + timedelta(hours=4)


@pytest.fixture
def harness():
    made = CrisisPageHarness()
    made.deliveries = FakeDeliveries()
    return made


@pytest.fixture
def alert(harness):
    """Three people took it after 1, 2 and 9 seconds, one of whom it failed later; one was refused."""
    harness.link().get().press()
    (raised,) = harness.alerts.raised.values()
    people = [person.citizen_id for person in harness.audience.people[:4]]
    kinds = [*[(OutcomeKind.ACCEPTED, "")] * 3, (OutcomeKind.REFUSED, "131026")]
    outcomes = [
        Outcome(DeliveryKey(raised.alert_id, who), kind, NOON + timedelta(seconds=after), reason=reason)
        for who, after, (kind, reason) in zip(people, (1, 9, 2, 3), kinds, strict=True)
    ]
    asyncio.run(harness.deliveries.record("bocholt", outcomes))
    failed = DeliveryRow(people[1], 1, Status.FAILED, NOON + timedelta(seconds=20), "131049")
    harness.deliveries.statuses_in_full.append((raised.alert_id, failed))
    return raised


def opened(harness, alert, now=AFTER):
    return open_folder(
        alert,
        now,
        alerts=harness.alerts,
        evidence=harness.evidence,
        audience=harness.audience,
        deliveries=harness.deliveries,
    )


def test_a_folder_tells_figures_times_and_failures_from_the_rows(harness, alert):
    folder = opened(harness, alert, NOON + timedelta(minutes=1))
    assert folder.whole
    assert (folder.figures["planned"], folder.figures["accepted"], folder.figures["failed"]) == (10, 3, 2)
    times = [folder.figures[f"{name}_accepted_ms"] for name in ("first", "half", "last")]
    assert times == [1_000, 2_000, 9_000]
    assert [(it.what, it.code, it.people) for it in folder.failures] == [
        ("failed", "131026", 1),
        ("failed", "131049", 1),
    ]
    assert all(it.why for it in folder.failures)
    assert [entry.what for entry in folder.entries] == [RAISED]


def test_figures_of_an_alert_that_is_over_are_kept_once_and_again_when_they_change(harness, alert):
    opened(harness, alert)
    opened(harness, alert, AFTER + timedelta(hours=1))
    assert [entry.what for entry in harness.evidence.entries("bocholt", alert.alert_id)] == [RAISED, FIGURES]
    late = DeliveryRow(harness.audience.people[0].citizen_id, 1, Status.READ, AFTER)
    harness.deliveries.statuses_in_full.append((alert.alert_id, late))
    folder = opened(harness, alert, AFTER + timedelta(hours=2))
    assert [entry.what for entry in folder.entries] == [RAISED, FIGURES, FIGURES]
    assert folder.whole


def test_kept_figures_stand_when_the_rows_are_gone(harness, alert):
    before = opened(harness, alert)
    harness.deliveries.outcomes.clear()
    harness.deliveries.statuses_in_full.clear()
    after = opened(harness, alert, NOON + timedelta(days=91))
    assert (after.figures, after.failures) == (before.figures, before.failures)
    assert after.figures_at == AFTER


def test_a_folder_says_by_which_way_people_were_reached_also_when_the_rows_are_gone(harness, alert):
    routes = iter(["warnung", "warnung_zwei", "text"])
    for key, row in harness.deliveries.outcomes.items():
        if row.kind is OutcomeKind.ACCEPTED:
            harness.deliveries.outcomes[key] = replace(row, route=next(routes))
    figures = opened(harness, alert).figures
    harness.deliveries.outcomes.clear()
    assert opened(harness, alert, NOON + timedelta(days=91)).figures == figures
    told = {fact(name): people for name, people in figures.items() if name.startswith("way ")}
    assert told == {
        "Erreicht mit freien Worten": 1,
        "Erreicht mit der Vorlage warnung": 1,
        "Erreicht mit der Vorlage warnung_zwei": 1,
    }


def test_without_kept_figures_nothing_is_made_up_after_90_days(harness, alert):
    folder = opened(harness, alert, NOON + timedelta(days=91))
    assert (dict(folder.figures), folder.failures, folder.figures_at) == ({}, (), None)


def test_a_changed_entry_a_changed_wording_and_a_missing_beginning_are_told_apart(harness, alert):
    folder = opened(harness, replace(alert, wording={"de": {"was": "etwas anderes"}}), NOON)
    assert (folder.broken_at, folder.begun, folder.wording_kept, folder.whole) == (None, True, False, False)
    entries = harness.evidence.folders["bocholt", alert.alert_id]
    entries[0] = replace(entries[0], facts={**entries[0].facts, "holder": "niemand"})
    broken = opened(harness, alert)
    assert (broken.broken_at, broken.whole) == (1, False)
    assert [entry.what for entry in broken.entries] == [RAISED], "nothing is added to a broken chain"
    entries.clear()
    assert not opened(harness, alert, NOON).begun


@pytest.fixture
def on_the_line(harness, alert):
    names = ("alerts", "towns", "evidence", "audience", "deliveries", "slices")
    adapters = FakeAdapters(**{name: getattr(harness, name) for name in names})

    def types(*words):
        words = ["crisis", "evidence", *words]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return types


def test_the_command_prints_the_folder_and_writes_a_page_to_file(harness, alert, on_the_line, tmp_path):
    file = tmp_path / "folder.html"
    done = on_the_line(alert.alert_id, "--html", str(file))
    assert done.exit_code == 0
    assert "Der Nachweis ist unversehrt" in done.stdout
    page = file.read_text(encoding="utf-8")
    assert "von Leitstelle" in page
    assert "Amtliche Warnung: Großbrand mit starkem Rauch" in page
    assert "Official warning: large fire" in page
    assert "Geprüft: Die 2 Einträge gehören lückenlos zusammen" in page
    assert "size: A4" in page
    assert harness.evidence.entries("bocholt", alert.alert_id)[-1].seal in page


def test_programs_get_the_same(alert, on_the_line):
    told = json.loads(on_the_line(alert.alert_id, "--json").stdout)
    assert (told["whole"], told["broken_at"], told["holder"]) == (True, None, "Leitstelle")
    assert told["figures"]["accepted"] == 3
    assert told["entries"][0]["what"] == RAISED
    assert told["last_seal"] == told["entries"][-1]["seal"]


def test_a_broken_chain_is_said_in_capitals_and_ends_with_an_error(harness, alert, on_the_line, tmp_path):
    entries = harness.evidence.folders["bocholt", alert.alert_id]
    entries[0] = replace(entries[0], at=entries[0].at + timedelta(minutes=9))
    file = tmp_path / "folder.html"
    done = on_the_line(alert.alert_id, "--html", str(file))
    assert done.exit_code == 1
    assert "DER NACHWEIS IST AB EINTRAG 1 VERLETZT" in done.stdout
    assert "DER NACHWEIS IST AB EINTRAG 1 GEBROCHEN" in file.read_text(encoding="utf-8")


def test_refused_pins_of_a_month_are_listed(harness, on_the_line):
    harness.link(link_id="l2", holder="Feuerwehr").get().press(pin="000000")
    done = on_the_line("--town", "bocholt", "--month", "2026-11")
    assert (done.exit_code, "Falsche oder gesperrte PIN" in done.stdout, "Feuerwehr" in done.stdout) == (0, True, True)
    told = json.loads(on_the_line("--town", "bocholt", "--month", "2026-11", "--json").stdout)
    assert (told["whole"], len(told["entries"])) == (True, 1)


@pytest.mark.parametrize("month", ["November", "2026-13", "2026-1", "26-11"])
def test_what_is_no_month_has_no_empty_record(on_the_line, month):
    done = on_the_line("--town", "bocholt", "--month", month)
    assert done.exit_code == 1
    assert "zum Beispiel 2026-11" in done.output


@pytest.mark.parametrize("words", [(), ("bocholt-a-20261124-zzzzzz",), ("--month", "2026-11")])
def test_what_cannot_be_opened_is_one_line(on_the_line, words):
    done = on_the_line(*words)
    assert done.exit_code == 1
    assert "Warnung" in done.output


def test_nobody_is_named_in_a_folder(harness, alert, on_the_line):
    assert a_person(0).identity.phone not in on_the_line(alert.alert_id, "--json").stdout


def test_what_followed_is_named_however_long_the_chain(harness, alert, on_the_line, tmp_path):
    def follows(which, kind, minutes, name):
        later = replace(
            alert,
            alert_id=f"bocholt-a-20261124-{name}",
            kind=kind,
            follows=which,
            raised_at=NOON + timedelta(minutes=minutes),
            holder="Feuerwehr",
        )
        harness.alerts.raised[later.alert_id] = later
        return later.alert_id

    update = follows(alert.alert_id, AlertKind.UPDATE, 10, "uuuuuu")
    clear = follows(update, AlertKind.ALL_CLEAR, 20, "cccccc")
    follows("bocholt-a-20261124-other1", AlertKind.UPDATE, 15, "oooooo")
    file = tmp_path / "folder.html"
    told = json.loads(on_the_line(alert.alert_id, "--html", str(file), "--json").stdout)
    assert [(it["alert_id"], it["kind"]) for it in told["follow_ups"]] == [(update, "update"), (clear, "all_clear")]
    page = file.read_text(encoding="utf-8")
    assert "Entwarnung" in page
    assert "Aktualisiert" in page
    assert clear in on_the_line(alert.alert_id).stdout
