"""docs/security/checks.md names tests that exist, and says something of every chapter."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security/checks.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_is_said_to_be_shown_is_tested(file, name):
    assert re.search(rf"^\s*(async )?def {name}\(", (ROOT / file).read_text(), re.MULTILINE)


@pytest.mark.parametrize("chapter", [f"API{number}" for number in range(1, 11)] + [f"V{n}" for n in range(1, 18)])
def test_no_chapter_is_left_out(chapter):
    assert re.search(rf"\b{chapter}\b", PAGE)
    row = re.search(rf"^\| {chapter} .*$", PAGE, re.MULTILINE)
    assert row is None or "::" in row.group(0)
