"""The figures of docs/operations/cost.md and scale.md are what the price list and the counted work make of them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from stadtdraht.domain.delivery.pace import USUAL_SHARE
from stadtdraht.domain.operations.aws_prices import FRANKFURT
from stadtdraht.domain.operations.cost import (
    NEWSLETTERS_A_MONTH,
    PACE,
    STATUSES,
    Work,
    idle,
    sending,
    statuses_in,
    storing,
)
from stadtdraht.domain.whatsapp.prices import LISTS

OPERATIONS = Path(__file__).resolve().parents[3] / "docs" / "operations"
TOWNS, SUBSCRIBERS, RATE_MPS, MANY_MPS = 4, 20_000, 80, 1_000
MONTHLY = round(SUBSCRIBERS * NEWSLETTERS_A_MONTH)
MILLION = 1_000_000


def usd(work):
    return work.usd(FRANKFURT)


def total(work):
    return sum(usd(work).values())


def chapter(page, title):
    text = (OPERATIONS / page).read_text(encoding="utf-8")
    return text.partition(f"## {title}")[2].partition("\n## ")[0]


def rows(page, title):
    """What the last cell of each row says, by the beginning of its first."""
    row = r"^\| (?:\*\*)?([^|*]+?)(?:\*\*)? \| .*\| (?:\*\*)?([\d.,]+)(?: EUR)?(?:\*\*)? \|$"
    found = re.findall(row, chapter(page, title), re.MULTILINE)
    return {name.partition(":")[0]: value for name, value in found}


@pytest.fixture(scope="module")
def standing():
    return idle(TOWNS, FRANKFURT)


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("Secrets Manager", ["secrets"]),
        ("KMS", ["key"]),
        ("CloudWatch alarms", ["alarms"]),
        ("CloudWatch, alarms of the ways", ["composite alarms"]),
        ("SQS", ["queues"]),
        ("figures of a day", ["figures"]),
        ("functions", ["checks"]),
    ],
)
def test_each_part_of_an_idle_deployment(standing, row, parts):
    assert rows("cost.md", "Idle")[row] == f"{sum(standing[part] for part in parts):.2f}"


def test_an_idle_deployment_as_a_whole_is_within_its_bound(standing):
    assert rows("cost.md", "Idle")["sum"] == f"{sum(standing.values()):.1f}"
    assert sum(standing.values()) <= 15


def test_a_town_with_a_weekly_newsletter():
    sent, heard_of = sending(MONTHLY, RATE_MPS), statuses_in(MONTHLY * STATUSES)
    both, page = sent + heard_of, rows("cost.md", "A town of 20,000")
    written = usd(Work(writes=both.writes))["table"]
    stored = storing(MONTHLY, FRANKFURT)
    expected = {
        "table, writes": written,
        "table, reads": usd(both)["table"] - written,
        "table, storage": stored,
        "sender": usd(sent)["functions"],
        "webhooks": usd(heard_of)["functions"],
        "HTTP API": usd(both)["api"],
        "logs": usd(both)["logs"],
    }
    assert {name: page[name] for name in expected} == {name: f"{it:.2f}" for name, it in expected.items()}
    assert page["AWS"] == f"{total(both) + stored:.1f}"
    eur = MONTHLY * LISTS[-1].eur["MARKETING", "DE"]
    assert page["Meta"] == f"{eur.quantize(Decimal(1)):,}"


def test_a_million_recipients():
    both = sending(MILLION, MANY_MPS) + statuses_in(MILLION * STATUSES)
    parts, page = usd(both), rows("cost.md", "A million recipients")
    names = {"table": "table", "HTTP API": "api", "functions": "functions", "logs": "logs"}
    assert {row: page[row] for row in names} == {row: f"{parts[part]:.2f}" for row, part in names.items()}
    assert page["sum"] == f"{total(both):.2f}"


def test_the_scale_page_says_the_same_of_a_million():
    both = sending(MILLION, MANY_MPS) + statuses_in(MILLION * STATUSES)
    text, parts = chapter("scale.md", "What it costs"), usd(both)
    assert f"**{total(both):.2f} USD for a million** recipients" in text
    table, api, functions, logs = (f"{parts[name]:.2f}" for name in ("table", "api", "functions", "logs"))
    assert f"the table is {table}, the API {api}, functions {functions}, logs {logs}" in text
    eur = MILLION * LISTS[-1].eur["MARKETING", "DE"]
    assert f"cost {eur.quantize(Decimal(1)):,} EUR" in text
    posts = MILLION * STATUSES / 10  # ten statuses to a POST: the rows stay, everything else is a tenth
    tenth = statuses_in(round(posts))
    packed = sending(MILLION, MANY_MPS) + Work(writes=MILLION * STATUSES - posts) + tenth
    assert 3 < total(packed) < 5
    assert "about 5" not in text
    assert f"it is about {total(packed):.0f}." in text


def test_the_readme_names_the_same_two_figures(standing):
    text = (OPERATIONS.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"An idle deployment costs about {sum(standing.values()):.0f} USD a month" in " ".join(text.split())


def test_the_pace_is_the_senders_own():
    assert PACE == USUAL_SHARE
