"""`stadtdraht case …` as staff type it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.case import app
from stadtdraht.domain.cases.case import CaseKind, CaseState, Place
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import ANKE, BERND, a_case, worked_on
from tests.support.case_desk import VREDEN, CaseHarness
from tests.support.fakes.secrets import FakeSecrets

NOW = datetime.now(UTC)
YEAR = NOW.year


class Towns:
    texts = VREDEN.texts

    def get(self, town):
        return replace(VREDEN, texts=self.texts)


def fresh(number, **changes):
    """Opened just now, due tomorrow."""
    times = {"opened_at": NOW, "due_at": NOW + timedelta(days=1), "last_added_at": NOW}
    return a_case(f"{YEAR}-{number:04}", **times | changes)


@pytest.fixture
def desk():
    late = {"opened_at": NOW - timedelta(days=9), "due_at": NOW - timedelta(days=5)}
    made = CaseHarness(
        fresh(1),
        fresh(2, **late, kind=CaseKind.IDEA, department="bauhof", citizen_id=BERND),
        worked_on(fresh(3), CaseState.CLOSED),
        wrote=NOW,
    )
    made.secrets = FakeSecrets()
    return made


@pytest.fixture
def types(desk):
    adapters = FakeAdapters(towns=Towns(), cases=desk.cases, citizens=desk, answer_queue=desk, secrets=desk.secrets)

    def typed(*words):
        words = [*words, "--town", "vreden"]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return typed


@pytest.fixture
def gets(types):
    def got(*words):
        done = types(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return got


@pytest.fixture
def numbers(gets):
    return lambda *words: [int(it["number"][-4:]) for it in gets("list", *words)]


def test_what_is_overdue_stands_first(desk, types, numbers):
    assert numbers() == [2, 1]
    assert "ÜBERFÄLLIG" in types("list").stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--kind", "idea"), [2]),
        (("--department", "bauhof"), [2]),
        (("--department", ""), [1]),
        (("--state", "new"), [2, 1]),
        (("--state", "closed"), [3]),
        (("--overdue",), [2]),
        (("--all",), [2, 1, 3]),
        (("--all", "--year", "2020"), []),
    ],
)
def test_the_list_can_be_narrowed(desk, words, found, numbers):
    assert numbers(*words) == found


def test_staff_read_the_day_that_the_citizen_was_told(desk, gets, tmp_path):
    """Promised until the end of 3 December: midnight after it, in the town's time."""
    due = datetime(YEAR, 12, 3, 23, 0, tzinfo=UTC)
    desk.cases.found["vreden", f"{YEAR}-0001"] = fresh(1, due_at=due)
    assert gets("show", f"{YEAR}-0001")["due"] == f"{YEAR}-12-03"
    assert {it["number"]: it["due"] for it in gets("list")}[f"{YEAR}-0001"] == f"{YEAR}-12-03"
    gets("export", "--csv", str(tmp_path / "x.csv"))
    assert f";{YEAR}-12-03;" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_a_case_close_by_is_hinted_at_whichever_came_first(desk, gets):
    """Also after somebody corrected the place; one that it goes on for is no hint."""
    assert gets("show", f"{YEAR}-0001")["maybe_the_same"] == [f"{YEAR}-0002"]
    assert gets("show", f"{YEAR}-0002")["maybe_the_same"] == [f"{YEAR}-0001"]
    gets("move", f"{YEAR}-0001", "--pin", "52.9", "6.9")
    assert gets("show", f"{YEAR}-0002")["maybe_the_same"] == []


def test_last_words_and_their_time_stand_in_the_list(desk, types, gets):
    desk.cases.found["vreden", f"{YEAR}-0001"] = fresh(1, last_words="Es wird immer größer…")
    (listed,) = [it for it in gets("list") if it["number"] == f"{YEAR}-0001"]
    assert listed["last_words"] == "Es wird immer größer…"
    assert listed["last_at"] == f"{NOW.astimezone(VREDEN.zone):%Y-%m-%d %H:%M}"
    assert "Es wird immer größer…" in types("list").stdout


def test_an_empty_list_is_a_sentence_and_an_unknown_department_is_named(desk, types):
    assert types("list", "--kind", "praise").stdout.strip() == "Dazu gibt es keine Meldung."
    desk.cases.found.clear()
    assert "keine Meldung offen" in types("list").stdout
    done = types("list", "--department", "gibtsnicht")
    assert done.exit_code == 1
    assert "bauhof" in done.output


def test_a_case_is_shown_with_all_that_was_done(desk, types, gets):
    gets("forward", f"{YEAR}-0001", "--to", "bauhof", "--note", "eilig", "--by", "Frau Terhalle")
    shown = gets("show", f"{YEAR}-0001")
    assert (shown["state"], shown["department"], shown["photos"]) == ("forwarded", "bauhof", ["wamid.2"])
    (event,) = shown["events"]
    assert (event["by"], event["note"], event["told"]) == ("Frau Terhalle", "eilig → bauhof", True)
    said = types("show", f"{YEAR}-0001").stdout
    assert "Schlagloch" in said
    assert "Frau Terhalle" in said


def test_the_history_keeps_who_was_given_it_and_what_became_of_the_words(desk, types, gets):
    number = f"{YEAR}-0001"
    gets("assign", number, "--to", "Herr Gesing", "--by", "Frau Terhalle")
    gets("kind", number, "praise", "--by", "Herr Gesing")
    gets("say", number, "Am Freitag.", "--by", "Herr Gesing")
    gets("assign", number, "--to", "", "--by", "Herr Gesing")
    desk.arrived[0] = ("refused", "131026")
    given, corrected, said, back = gets("show", number)["events"]
    assert (given["by"], given["assigned_to"], corrected["kind"]) == ("Frau Terhalle", "Herr Gesing", "praise")
    assert (said["assigned_to"], said["arrived"], back["assigned_to"]) == (None, "refused", "")
    assert said["why_not"].startswith("Nicht zustellbar")
    shown = types("show", number).stdout
    assert "an Herr Gesing gegeben" in shown
    assert "an niemanden mehr vergeben" in shown
    assert "nicht angekommen: Nicht zustellbar" in shown


def test_words_of_a_case_keep_their_author(desk, types):
    types("say", f"{YEAR}-0001", "Am Freitag.", "--by", "Herr Gesing")
    assert [(it.written_by, it.released_by) for it in desk.answers] == [("Herr Gesing", "Herr Gesing")]


def test_words_reach_the_citizen_and_staff_are_told_so(desk, types):
    done = types("set-state", f"{YEAR}-0001", "in_work", "--say", "Am Freitag.", "--by", "A")
    assert "bekommt es auf WhatsApp" in done.stdout
    assert types("say", f"{YEAR}-0001", "Doch erst Montag.").exit_code == 0
    assert [said.rpartition("\n")[2] for _, said in desk.texts] == ["Am Freitag.", "Doch erst Montag."]


def test_staff_learn_that_it_went_out_in_our_words(desk, types, monkeypatch):
    monkeypatch.setattr(Towns, "texts", (("de", "case_said", "{number"),))
    assert "Hinaus ging unser Wortlaut" in types("say", f"{YEAR}-0001", "Am Freitag.").stdout
    assert desk.texts[0][1].endswith("Am Freitag.")


def test_staff_learn_that_nobody_was_told(desk, types):
    desk.people[ANKE] = desk.people[ANKE].__class__(
        **{name: getattr(desk.people[ANKE], name) for name in ("citizen_id", "town", "identity", "version")}
    )
    done = types("set-state", f"{YEAR}-0001", "in_work")
    assert "hat es NICHT erfahren" in done.stdout
    assert "citizen reveal --town vreden" in done.stdout
    assert f"Status {YEAR}-0001" in done.stdout


def test_corrections_and_hand_overs(desk, types, gets):
    assert gets("kind", f"{YEAR}-0001", "praise")["kind"] == "praise"
    assert gets("assign", f"{YEAR}-0001", "--to", "Herr Gesing")["assigned_to"] == "Herr Gesing"
    moved = gets("move", f"{YEAR}-0001", "--pin", "52.1", "6.9", "--address", "Markt 1", "--department", "bauhof")
    assert (moved["pin"], moved["where"], moved["told"]) == ("52.10000,6.90000", "Markt 1", "nothing_to_tell")
    assert desk.cases.get("vreden", f"{YEAR}-0001").place == Place(52.1, 6.9, "Markt 1")
    assert types("move", f"{YEAR}-0001").exit_code == 1


def test_merging_says_who_goes_on(desk, types, gets):
    assert gets("merge", f"{YEAR}-0002", "--into", f"{YEAR}-0001")["merged_into"] == f"{YEAR}-0001"
    assert "Ebenso 1 Person, die" in types("say", f"{YEAR}-0001", "Bald.").stdout


def test_what_cannot_be_done_is_one_line(desk, types):
    done = types("set-state", f"{YEAR}-0009", "closed")
    assert done.exit_code == 1
    assert f"Eine Meldung „{YEAR}-0009“ gibt es nicht." in " ".join(done.output.split())


def test_an_export_names_nobody_and_runs_no_formula(desk, tmp_path, gets):
    desk.cases.found["vreden", f"{YEAR}-0001"] = fresh(1, description="=1+1\nzweite Zeile", department="bauhof")
    file = tmp_path / "cases.csv"
    assert gets("export", "--csv", str(file))["cases"] == 3
    text = file.read_text(encoding="utf-8-sig")
    assert text.startswith("Nummer;Art;Stand;")
    assert ';"\'=1+1\nzweite Zeile";' in text
    assert ";Bauhof;" in text
    assert ANKE not in text


def test_a_new_key_for_the_town_s_system_is_shown_once_and_stored(desk, gets):
    keys = [gets("open311-key")["key"] for _ in range(2)]
    assert keys[0] != keys[1]
    assert desk.secrets.open311_key("vreden") == keys[1]
