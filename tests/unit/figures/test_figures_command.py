"""`stadtdraht figures` as an office types it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter
from tests.support.adapters import FakeAdapters
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import TOWNS

HOURS = (*(0,) * 9, 3, *(0,) * 14)


@pytest.fixture
def days():
    return FakeFigureDays()


@pytest.fixture
def types(days):
    adapters = FakeAdapters(towns=FakeTowns(dict(TOWNS)), figure_days=days)

    def typed(*words):
        words = ["figures", "--town", "vreden", *words]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "200"})

    return typed


def fill(days, count=14):
    now = datetime.now(UTC)
    yesterday = now.astimezone(TOWNS["vreden"].zone).date() - timedelta(days=1)
    for ago in range(count):
        sent = (SentNewsletter("vreden-n-20261120-abcdef", "Wochenmarkt zieht um", 12),) if ago == 2 else ()
        days.save(
            "vreden",
            DayFigures(
                yesterday - timedelta(days=ago),
                now,
                offers={"news": OfferDay(12, 1, 0, {}, {"ammeloe": 3, "": 9}, {"de": 12})},
                messages=HOURS,
                enquiries=HOURS,
                answer_minutes={48: 1},
                in_target=1,
                sent=sent,
                cases={"hint": CasesDay(1, 0, 0, 2)},
            ),
        )


def test_without_a_count_it_says_when_there_will_be_one(types):
    done = types()
    assert done.exit_code == 0
    assert done.output.startswith("Noch keine Zahlen; die ersten stehen morgen früh hier.")


def test_the_numbers_are_told_in_german(types, days):
    fill(days)
    said = " ".join(types("--days", "7").output.split())
    assert "Abonnements: Neuigkeiten 12 dazu 7, gegangen 0" in said
    assert "Anfragen 21 zuvor 21" in said
    assert "Erste Antwort, Mitte (Dienstzeit) 48 Min. 9 von 10 in 48 Min." in said
    assert "In 2 Std. 100 %" in said
    assert "Wochenmarkt zieht um" in said
    assert "Hinweis 7 0 0 2" in said


def test_programs_are_told_what_is_hidden(types, days):
    fill(days)
    value = json.loads(types("--days", "7", "--json").output)
    assert (value["days_counted"], value["enquiries"], value["enquiries_before"]) == (7, 21, 21)
    assert value["offers"][0]["by_district"] == {"Ammeloe": "few", "": "covered"}
    assert value["first_answers"]["share_in_target"] == 1


def test_a_file_has_every_day(types, days):
    fill(days)
    lines = types("--days", "7", "--csv").output.splitlines()
    assert lines[0] == "\ufeffTag;Was;Angebot oder Art;Feld;Zahl"
    assert sum(";Anfragen;;;3" in line for line in lines) == 7


def test_other_spans_are_refused(types):
    done = types("--days", "8")
    assert done.exit_code == 1
    assert "7, 30, 90, 365 oder 1095" in done.output
