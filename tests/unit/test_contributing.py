"""CONTRIBUTING.md and SECURITY.md name places that exist, and the area words that the code uses."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
OF_ONE_MACHINE = (".venv/", ".local/")


def text(page):
    return (REPOSITORY / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_every_place_exists(page):
    """`<area>` stands for any area: some layer has to have it."""
    quoted = re.findall(r"`([^` ]+(?:/[^` ]*|\.md|\.toml))`", text(page))
    linked = re.findall(r"\]\(([^)#]+)", text(page))
    places = [it.replace("<area>", "*") for it in quoted + linked if not it.startswith(OF_ONE_MACHINE)]
    assert len(places) > 5
    assert not [it for it in places if not any(REPOSITORY.glob(it.rstrip("/")))]


def test_the_areas_are_those_of_the_use_cases():
    (named,) = re.findall(r"same area words in every layer: ([^(]+) \(", text("CONTRIBUTING.md"))
    folders = {it.parent.name for it in (REPOSITORY / "stadtdraht" / "usecases").glob("*/__init__.py")}
    assert set(re.findall(r"`(\w+)`", named)) == folders
