"""How far an alert has come in each district: the same people as in all, counted once however many look."""

import json
from dataclasses import fields, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.alert_count import KEPT_FROM_ROWS, ROWS_PER_S, AlertCount
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status, state_of
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.usecases.crisis.alert_status import alert_status
from stadtdraht.usecases.delivery.by_district import merge_join
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON, a_town, a_trigger
from tests.support.crisis_page import CrisisPageHarness, a_person
from tests.support.fakes.evidence import FakeEvidence

LATER = NOON + timedelta(seconds=42)
PLACES = ("mussum", "barlo", "")
MACHINE = {"accept": "application/json"}


def an_office():
    """Nine people: three in Mussum, three in Barlo, three who named no district."""
    return CrisisPageHarness(*(a_person(number, district=PLACES[number % 3]) for number in range(9)))


def raise_one(harness, **changes):
    trigger = a_trigger(**changes)
    harness.alerts.raise_once(trigger)
    return trigger.alert


def status_of(harness, alert, now=LATER, **more):
    return alert_status(
        alert, now, audience=harness.audience, deliveries=harness.deliveries, slices=harness.slices, **more
    )


def put(harness, alert, person, *kinds):
    """Outcome and statuses of one person's first message."""
    for kind in kinds:
        if isinstance(kind, OutcomeKind):
            key = DeliveryKey(alert.alert_id, person.citizen_id, 1)
            harness.deliveries.outcomes[person.citizen_id, 1] = Outcome(key, kind, NOON)
        else:
            harness.deliveries.statuses.append((person.citizen_id, 1, kind, ""))


@pytest.fixture
def harness():
    return an_office()


@pytest.fixture
def alert(harness):
    """Mussum: one read, one delivered, one in line. Barlo: one unknown, one failed. One of no district was reached."""
    raised = raise_one(harness)
    people = harness.audience.people
    put(harness, raised, people[0], OutcomeKind.ACCEPTED, Status.READ)
    put(harness, raised, people[3], OutcomeKind.ACCEPTED, Status.DELIVERED)
    put(harness, raised, people[1], OutcomeKind.UNKNOWN)
    put(harness, raised, people[4], OutcomeKind.ACCEPTED, Status.FAILED)
    put(harness, raised, people[2], OutcomeKind.ACCEPTED)
    return raised


# ---- counting --------------------------------------------------------------------------------------------


def test_each_district_says_how_far_its_people_came(harness, alert):
    assert status_of(harness, alert).by_district == {
        "mussum": DeliveryFigures(planned=3, accepted=2, sent=2, delivered=2, read=1),
        "barlo": DeliveryFigures(planned=3, accepted=1, failed=1, unknown=1),
        "": DeliveryFigures(planned=3, accepted=1),
    }


def test_a_district_that_was_not_warned_is_not_shown(harness):
    alert = raise_one(harness, districts=frozenset({"mussum"}))
    assert {of: it.planned for of, it in status_of(harness, alert).by_district.items()} == {"mussum": 3, "": 3}


def test_who_moved_or_was_erased_after_the_message_still_counts(harness, alert):
    harness.audience.people = [a_person(0, district="suderwick"), *harness.audience.people[1:3]]
    by_district = status_of(harness, alert).by_district
    assert by_district["suderwick"] == DeliveryFigures(planned=1, accepted=1, sent=1, delivered=1, read=1)
    assert (by_district[""].planned, by_district[""].delivered, by_district[""].failed) == (3, 1, 1)


KINDS = [*OutcomeKind, *(status for status in Status if status is not Status.PLAYED)]


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(KINDS)), max_size=40), st.booleans())
def test_districts_add_up_to_all_and_all_is_what_the_rows_say(rows, one_district_only):
    harness = an_office()
    alert = raise_one(harness, districts=frozenset({"barlo"} if one_district_only else ()))
    for number, kind in rows:
        put(harness, alert, a_person(number), kind)
    status = status_of(harness, alert)
    for it in fields(DeliveryFigures):
        assert sum(getattr(counted, it.name) for counted in status.by_district.values()) == getattr(status, it.name)
    kinds = {}
    for citizen_id, _, kind, _ in harness.deliveries.rows("bocholt", alert.alert_id):
        kinds.setdefault(citizen_id, []).append(kind)
    states = [state_of(of).name for of in kinds.values()]
    assert status.read == states.count("READ")
    assert status.delivered == states.count("READ") + states.count("DELIVERED")
    assert status.failed == states.count("FAILED") + states.count("REFUSED")
    assert (status.unknown, status.not_sent) == (states.count("UNKNOWN"), states.count("NOT_SENT"))
    meant = {person.citizen_id for person in harness.audience.people if alert.reaches(person)}
    assert status.planned == len(meant | set(kinds))


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_two_ordered_lists_are_walked_side_by_side_and_nobody_is_lost(found, people):
    ids = {number: a_person(number).citizen_id for number in found | people}
    ordered = sorted(a_person(number).citizen_id for number in found)
    recipients = sorted((a_person(number) for number in people), key=lambda it: it.citizen_id)
    pairs = list(merge_join(ordered, recipients, lambda it: it))
    assert [one for one, _ in pairs if one] == ordered
    assert [person for _, person in pairs if person] == recipients
    assert [one or person.citizen_id for one, person in pairs] == sorted(ids.values())
    assert all(one == person.citizen_id for one, person in pairs if one and person)


def test_an_end_counts_by_district_only_those_who_may_have_the_alert(harness, alert):
    clear = replace(alert, alert_id="bocholt-a-20261124-cccccc", kind=AlertKind.ALL_CLEAR, follows=alert.alert_id)
    harness.deliveries.outcomes, before = {}, harness.deliveries.outcomes
    harness.deliveries.statuses = []
    rows = SimpleNamespace(
        in_full=harness.deliveries.in_full,
        rows=lambda _, cause: iter([(who, 1, it.kind, "") for (who, _), it in before.items()]),
    )
    status = alert_status(
        clear, LATER, audience=harness.audience, deliveries=rows, slices=harness.slices, before=(alert,)
    )
    assert {of: it.planned for of, it in status.by_district.items()} == {"mussum": 2, "barlo": 2, "": 1}


# ---- how often -------------------------------------------------------------------------------------------


def test_a_small_alert_is_counted_at_each_look(harness, alert):
    assert status_of(harness, alert, counts=harness.counts).read == 1
    put(harness, alert, harness.audience.people[3], Status.READ)
    assert status_of(harness, alert, counts=harness.counts).read == 2
    assert harness.counts.found == {}


def test_what_took_long_to_count_is_shown_for_as_long_and_then_counted_again(monkeypatch):
    monkeypatch.setattr("stadtdraht.usecases.crisis.count_alert.KEPT_FROM_ROWS", 2)
    harness = an_office()
    alert = raise_one(harness)
    put(harness, alert, harness.audience.people[0], OutcomeKind.ACCEPTED, Status.DELIVERED)
    assert status_of(harness, alert, counts=harness.counts).accepted == 1
    kept = harness.counts.latest(alert.alert_id)
    assert (kept.rows, kept.counted_at) == (2, LATER)
    put(harness, alert, harness.audience.people[1], OutcomeKind.ACCEPTED)
    a_moment = timedelta(seconds=2 / ROWS_PER_S)
    assert status_of(harness, alert, LATER + a_moment / 2, counts=harness.counts).accepted == 1
    assert status_of(harness, alert, LATER + a_moment, counts=harness.counts).accepted == 2


def test_while_one_counts_the_others_see_what_was_kept():
    harness = an_office()
    alert = raise_one(harness)
    old = AlertCount(NOON, KEPT_FROM_ROWS, 0, {"barlo": DeliveryFigures(planned=9, accepted=4)})
    harness.counts.keep(alert.alert_id, old)
    assert harness.counts.take(alert.alert_id, LATER, LATER + timedelta(seconds=20))
    assert status_of(harness, alert, counts=harness.counts).accepted == 4
    assert status_of(harness, alert, LATER + timedelta(seconds=20), counts=harness.counts).accepted == 0


def test_however_many_look_a_second_reads_no_more_rows_than_its_share():
    people, rows_each = 50_000, 4
    count = AlertCount(NOON, people * rows_each, 0, {})
    assert count.holds(NOON + timedelta(seconds=19))
    assert not count.holds(NOON + timedelta(seconds=20))
    assert KEPT_FROM_ROWS / ROWS_PER_S < 1


def test_a_kept_count_says_how_old_it_is_and_still_tells_the_seconds_since_the_start(harness, alert):
    figures = {"mussum": DeliveryFigures(planned=9, accepted=4)}
    harness.counts.keep(alert.alert_id, AlertCount(LATER, ROWS_PER_S * 10, 0, figures))
    status = status_of(harness, alert, LATER + timedelta(seconds=7), counts=harness.counts)
    assert (status.planned, status.accepted, status.counted_s_ago, status.running_for_s) == (9, 4, 7, 49)
    browser = harness.link()
    harness.now = LATER + timedelta(seconds=7)
    assert "Gezählt vor 7 Sekunden" in browser.get(alert.alert_id).page


# ---- where it is shown -----------------------------------------------------------------------------------


def test_the_page_shows_districts_by_name_in_the_towns_order_and_those_without_last(harness, alert):
    page = harness.link().get(alert.alert_id).page
    table = page[page.index('<table class="districts">') : page.index("</table>")]
    assert table.index("Mussum") < table.index("Barlo") < table.index("ohne Ortsteil")
    assert "Suderwick" not in table
    assert "<td>3</td><td>2</td><td>2</td><td>1</td><td>0</td><td>0</td>" in table
    assert '<td>3</td><td>1</td><td>0</td><td>0</td><td class="bad">1</td><td>1</td>' in table


def test_a_town_without_districts_has_no_table(harness, alert):
    harness.towns.towns["bocholt"] = a_town(districts=())
    assert "<table" not in harness.link().get(alert.alert_id).page


def test_the_page_reloads_by_itself_only_for_whoever_asked_until_they_stop_it_or_the_alert_is_over(harness, alert):
    def opened(query):
        browser = harness.link()
        return browser._ask("GET", alert.alert_id, query, {})

    quiet = opened("")
    assert "Refresh" not in quiet.answer["headers"]
    assert f'/{alert.alert_id}?live=1">Von selbst neu laden' in quiet.page
    assert "http-equiv" not in quiet.page
    live = opened("live=1")
    assert live.answer["headers"]["Refresh"] == "5"
    assert f'/{alert.alert_id}">Anhalten' in live.page
    harness.now = alert.expires_at
    over = opened("live=1")
    assert "Refresh" not in over.answer["headers"]
    assert "neu laden</a>" in over.page
    assert "live=1" not in over.page


def test_programs_get_the_districts_by_name(harness, alert):
    told = json.loads(harness.link().get(alert.alert_id, **MACHINE).page)
    assert told["by_district"]["Mussum"]["delivered"] == 2
    assert list(told["by_district"]) == ["Mussum", "Barlo", "ohne Ortsteil"]
    assert (told["planned"], told["running_for_s"], told["counted_s_ago"]) == (9, 0, 0)
    counters = {"accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent", "resent", "no_way"}
    assert counters | {"halted_by", "finished", "over"} <= set(told)


@pytest.fixture
def on_the_line(harness):
    harness.evidence = FakeEvidence()
    names = ("alerts", "towns", "evidence", "audience", "deliveries", "slices")
    adapters = FakeAdapters(**{name: getattr(harness, name) for name in names})

    def types(*words):
        words = ["crisis", *words]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return types


def test_the_command_tells_the_districts_in_both_forms(alert, on_the_line):
    told = json.loads(on_the_line("status", alert.alert_id, "--json").stdout)
    assert told["by_district"]["Barlo"] == {
        "planned": 3,
        "accepted": 1,
        "sent": 0,
        "delivered": 0,
        "read": 0,
        "failed": 1,
        "unknown": 1,
        "not_sent": 0,
    }
    [line] = [line for line in on_the_line("status", alert.alert_id).stdout.splitlines() if "Mussum" in line]
    assert line.split()[-8:] == ["3", "2", "2", "2", "1", "0", "0", "0"]


def test_the_evidence_folder_keeps_districts_beyond_the_rows(harness, alert, on_the_line, tmp_path):
    shown = on_the_line("evidence", alert.alert_id)
    assert "Mussum" in shown.stdout
    before = json.loads(on_the_line("evidence", alert.alert_id, "--json").stdout)
    assert before["by_district"]["Mussum"]["read"] == 1
    [kept] = harness.evidence.entries("bocholt", alert.alert_id)
    assert kept.facts["district barlo"].startswith("planned 3, accepted 1, ")
    file = tmp_path / "folder.html"
    on_the_line("evidence", alert.alert_id, "--html", str(file))
    page = file.read_text(encoding="utf-8")
    assert "Ortsteil barlo: Vorgesehen 3, Von WhatsApp angenommen 1" in page
    assert '<th scope="row">ohne Ortsteil</th><td>3</td><td>1</td>' in page
