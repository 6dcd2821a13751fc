"""`stadtdraht inbox list|show`: enough to triage without opening each conversation."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.inbound.inbox import app
from tests.support.adapters import FakeAdapters
from tests.support.fakes.citizens import FakeConversations
from tests.support.town_office import ANNA, ConversationHarness


@pytest.fixture
def office():
    return ConversationHarness("arnsberg")


@pytest.fixture
def types(office):
    adapters = FakeAdapters(
        towns=office.towns,
        citizens=office.citizens,
        conversations=FakeConversations(office.citizens),
        cases=office.citizens.cases,
    )

    def typed(*words):
        words = [*words, "--town", "arnsberg"]
        done = CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})
        assert done.exit_code == 0, done.output
        return done.stdout

    return typed


def test_a_line_says_what_was_written_last_when_and_by_whom(office, types):
    office.hears("Wann wird die Marktstraße saniert?")
    office.hears("Und " + "bitte auch die Ahornallee, " * 9, after=timedelta(hours=1))
    listed = types("list")
    assert "Und bitte auch die Ahornallee" in listed
    assert "…" in listed
    assert f"{office.at.astimezone(office.town.zone):%d.%m. %H:%M}" in listed
    assert "+49 … 678" in listed
    assert ANNA not in listed
    (value,) = json.loads(types("list", "--json"))
    assert len(value["last_words"]) <= 140
    assert value["last_words"].endswith("…")
    assert value["number"] == "+49 … 678"


def test_a_photo_without_words_is_said_to_be_one(office, types):
    office.hears("Wann wird die Marktstraße saniert?")
    office.photo()
    assert json.loads(types("list", "--json"))[0]["last_words"] == "[image]"


def test_nobody_who_waits_is_a_sentence(types):
    assert types("list") == "Zurzeit wartet niemand auf eine Antwort.\n"
    assert json.loads(types("list", "--json")) == []


def test_the_conversation_says_above_it_with_whom_it_is_and_how_it_stands(office, types):
    office.hears("Wann wird die Marktstraße saniert?")
    shown = types("show", ANNA)
    for said in ("+49 … 678", "Antwort bis", "niemandem", "wartet"):
        assert said in shown
    assert ANNA not in shown


def test_what_somebody_took_back_is_gone_from_the_list(office, types):
    office.hears("Meine Nachbarin heißt Zwirbelkamp", wamid="wamid.7")
    office.hears(kind="revoke", content={"original_message_id": "wamid.7"})
    assert json.loads(types("list", "--json"))[0]["last_words"] == "[forgotten]"
