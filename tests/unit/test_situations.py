"""The pages for whoever is on call: alarms that exist, commands that can be typed, and rehearsals of what is marked."""

import re
from itertools import pairwise

import pytest
import typer.main

from stadtdraht.cli.main import app
from tests.rehearsal.chapters import PAGE, chapters
from tests.rehearsal.rehearsals import REHEARSALS

ALL = chapters(PAGE.read_text(encoding="utf-8"))
RUNBOOKS = PAGE.with_name("runbooks.md").read_text(encoding="utf-8")
COMMANDS = [(title, words) for title, chapter in ALL.items() for words in chapter.commands]


def test_what_is_marked_is_rehearsed_and_nothing_else():
    assert {it.chapter for it in REHEARSALS} == {title for title, it in ALL.items() if it.is_rehearsed}
    assert len(REHEARSALS) >= 10


@pytest.mark.parametrize("rehearsal", REHEARSALS, ids=lambda it: it.chapter)
def test_the_alarm_that_is_waited_for_stands_on_the_page(rehearsal):
    assert not rehearsal.alarm or rehearsal.alarm in ALL[rehearsal.chapter].alarms


@pytest.mark.parametrize("title", ALL)
def test_an_alarm_of_the_page_is_one_of_the_runbooks(title):
    known = set(re.findall(r"^\| `([a-z0-9-]+)`", RUNBOOKS, re.MULTILINE))
    assert ALL[title].alarms <= known


@pytest.mark.parametrize(("title", "words"), COMMANDS)
def test_a_command_of_the_page_can_be_typed(title, words):
    command, rest = typer.main.get_command(app), words.split()
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    assert not hasattr(command, "commands"), f"{words} is no command"
    known = {option for it in command.params for option in (*it.opts, *it.secondary_opts)}
    assert {it for it in rest if it.startswith("--")} <= known
    needed = sum(it.required and it.param_type_name == "argument" for it in command.params)
    given = [it for before, it in pairwise(["", *rest]) if it.isupper() and not before.startswith("--")]
    assert len(given) >= needed, f"{words} needs more"


def test_blanks_are_filled_and_each_is_asked_for():
    chapter = ALL["Dead letters"]
    assert ["dlq", "redrive", "--queue", "answers; x"] in chapter.typed({"QUEUE": "answers; x", "TOWN": "vreden"})
    with pytest.raises(KeyError):
        chapter.typed({"TOWN": "vreden"})
