"""The card of a crisis link: what an officer holds in the hand."""

import json
import re
import stat
from datetime import UTC, datetime, timedelta

import pytest
import segno
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.links import Holder, LinkMode
from stadtdraht.settings import Settings
from stadtdraht.texts.dates import full_moment
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_link
from tests.support.crisis_page import PIN_HASH, CrisisPageHarness

TODAY = datetime.now(UTC).replace(microsecond=0)
HOLDS = {"not_before": TODAY, "expires_at": TODAY + timedelta(days=30)}


@pytest.fixture
def harness():
    made = CrisisPageHarness()
    made.links.save(a_link(**HOLDS))
    made.holders.save(Holder("bocholt", "Leitstelle", PIN_HASH))
    return made


@pytest.fixture
def types(harness):
    adapters = FakeAdapters(
        settings=Settings(public_url="https://stadtdraht.example"),
        crisis_links=harness.links,
        towns=harness.towns,
        link_signer=lambda: harness.signer,
    )

    def typed(*words):
        words = ["crisis", "card", "--town", "bocholt", *words]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return typed


def drawn_code(page):
    """The QR code's dark modules by row, as they stand in the drawing."""
    path = re.search(r'<path[^>]* d="([^"]+)"', page).group(1)
    rows, column, row, cells = {}, 0.0, 0.0, re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path)
    for command, x, y in cells:
        if command == "M":
            column, row = float(x), float(y)
        elif command == "m":
            column, row = column + float(x), row + float(y)
        else:
            rows.setdefault(int(row), set()).update(range(int(column), int(column + float(x))))
            column += float(x)
    return rows


def test_the_card_carries_the_link_in_its_code_and_nowhere_else(harness, tmp_path, types):
    file = tmp_path / "card.html"
    done = types("l1", "--html", str(file))
    assert done.exit_code == 0
    page, token = file.read_text(encoding="utf-8"), harness.signer.mint(a_link(**HOLDS))
    matrix = segno.make(f"https://stadtdraht.example/crisis/{token}", error="m", micro=False).matrix
    expected = {row + 4: {column + 4 for column, dark in enumerate(line) if dark} for row, line in enumerate(matrix)}
    assert drawn_code(page) == expected
    assert token not in page
    assert token not in done.output
    assert "http" not in re.sub(r'xmlns="[^"]+"', "", page), "nothing is loaded from elsewhere"


def test_the_officer_reads_how_to_use_it_how_long_it_holds_and_what_to_do_when_it_is_lost(harness, tmp_path, types):
    file = tmp_path / "card.html"
    types("l1", "--html", str(file), "--lost", "02871 953-112")
    page = file.read_text(encoding="utf-8")
    until = full_moment(HOLDS["expires_at"], harness.towns.get("bocholt"), "de")
    for words in (
        "Krisenkarte Bocholt",
        "Leitstelle",
        until,
        "Öffnen löst nichts aus",
        "Nach 5 falschen PINs",
        "02871 953-112",
        "Kennung l1",
        "size: A5",
    ):
        assert words in page


def test_a_drill_card_cannot_be_taken_for_the_real_one(harness, tmp_path, types):
    harness.links.save(a_link(link_id="l2", mode=LinkMode.DRILL, **HOLDS))
    file = tmp_path / "card.html"
    types("l2", "--html", str(file))
    page = file.read_text(encoding="utf-8")
    assert "Übungskarte Bocholt" in page
    assert "Es wird niemand gewarnt" in page
    assert "tippen Sie <strong>Übung</strong>" in page
    assert "#a3121c" not in page.partition("--mark: ")[2][:8]


def test_the_file_is_for_its_owner_alone(harness, tmp_path, types):
    file = tmp_path / "card.html"
    types("l1", "--html", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_link_is_printed_only_when_asked_for(harness, tmp_path, types):
    url = f"https://stadtdraht.example/crisis/{harness.signer.mint(a_link(**HOLDS))}"
    assert "url" not in json.loads(types("l1", "--html", str(tmp_path / "a.html"), "--json").stdout)
    assert json.loads(types("l1", "--html", str(tmp_path / "a.html"), "--json", "--show-url").stdout)["url"] == url
    assert url in types("l1", "--html", str(tmp_path / "a.html"), "--show-url").stdout


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (None, "hat diesen Link nicht"),
        (a_link(not_before=TODAY - timedelta(days=9), expires_at=TODAY - timedelta(days=1)), "Dieser Link galt bis"),
        (a_link(key_id="k0", **HOLDS), "Den Schlüssel k0, mit dem dieser Link signiert ist"),
    ],
)
def test_there_is_no_card_of_a_link_that_opens_nothing(harness, tmp_path, link, why, types):
    harness.links.revoke("bocholt", "l1")
    if link:
        harness.links.save(link)
    file = tmp_path / "card.html"
    done = types("l1", "--html", str(file))
    assert done.exit_code == 1
    assert why in done.output
    assert not file.exists()
