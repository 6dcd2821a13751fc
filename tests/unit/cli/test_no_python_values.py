"""What staff read is never Python: every reading command, in a full town hall and in an empty one."""

import re

import pytest

from tests.support.command_line import ALERT, ANKE, DRAFT, NOW, PHONE, SENT, TOWN, Office, types

PYTHON = re.compile(
    r"\b(None|True|False)\b|\[\]|\{\}|\['|\{'|<\w+\.\w+: |\+00:00|T\d\d:\d\d:\d\d|\b\w+\(\w+=|"
    r"\b(datetime|Decimal|Counter|frozenset|mappingproxy)\("
)
ON = ("--town", TOWN.id)
OF_A_TOWN = (
    "town retention",
    "citizen holds",
    "citizen erasures",
    "inbox list",
    "inbox list --chain",
    "broadcast list",
    "broadcast template --items 2",
    "contest list",
    "case list",
    "case list --all",
    "crisis list",
    "crisis list --drills",
    "crisis drills",
    "crisis links",
    "crisis ready",
    "template list",
    "template check",
    "media list",
    "crisis evidence --month 2026-11",
)
OF_ONE = (
    ("citizen", "show", *ON, PHONE),
    ("inbox", "show", *ON, ANKE),
    ("case", "show", *ON, f"{NOW.year}-0001"),
    ("case", "show", *ON, f"{NOW.year}-0005"),
    ("contest", "show", "bocholt-c-20261124-4f7k2p"),
    ("media", "show", *ON, ANKE, "wamid.stored"),
    ("media", "show", *ON, ANKE, "wamid.refused"),
    *(("broadcast", what, DRAFT) for what in ("status", "plan", "preview", "report", "unknown")),
    *(("broadcast", what, SENT) for what in ("status", "report", "unknown")),
    ("crisis", "status", ALERT),
    ("crisis", "evidence", ALERT),
)


def read(office, *words):
    done = types(office, *(office.ids.get(word, word) for word in words))
    assert done.exception is None or isinstance(done.exception, SystemExit), words
    return done.output


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("words", OF_A_TOWN)
def test_what_a_town_has_is_told_in_words(words, filled):
    said = read(Office(filled=filled), *words.split(), *ON)
    assert said.strip()
    assert not PYTHON.search(said), said


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("words", OF_ONE, ids=" ".join)
def test_one_thing_is_told_in_words(words, filled):
    said = read(Office(filled=filled), *words)
    assert said.strip()
    assert not PYTHON.search(said), said
