"""What an office reads of a command before it types it: German, and a little English in brackets at its end."""

import re

import pytest
import typer.main

from stadtdraht.cli.main import app
from tests.support.command_line import commands

OFFICES = ("inbox", "case", "citizen", "broadcast", "contest", "crisis", "media", "figures")
#: Words that English has in every other sentence, and German never.
ENGLISH = re.compile(r"\b(the|of|with|and|which|who|this|what|how|it|is|your|from|a|to|not)\b", re.IGNORECASE)


def german_first(text: str) -> bool:
    german, _, english = " ".join(text.split()).rpartition(" (")
    return bool(german) and english.endswith(")") and not ENGLISH.search(re.sub(r"`.*?`|(de|')[\w.]*", "", german))


GROUPS = typer.main.get_command(app).commands
FOR_OFFICES = [it for it in commands() if it.path[0] in OFFICES]


@pytest.mark.parametrize("group", OFFICES)
def test_a_group_says_in_german_what_it_is_for(group):
    assert german_first(GROUPS[group].help), GROUPS[group].help


@pytest.mark.parametrize("command", FOR_OFFICES, ids=lambda it: it.name)
def test_a_command_and_what_it_takes_are_explained_in_german(command):
    said = {command.name: command.itself.help} | {it.name: it.help for it in command.itself.params if it.name != "help"}
    assert {name: text for name, text in said.items() if not german_first(text or "")} == {}


def test_english_alone_is_noticed():
    assert not german_first("Not sent later, in the town's own time.")
    assert not german_first("Which of them (in all)")
    assert german_first("Nicht später senden (not sent later)")
