"""The list of requirements names every one, and no test that does not exist."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LIST = (REPOSITORY / "docs" / "requirements.md").read_text()


def test_every_requirement_stands_in_the_list():
    assert re.findall(r"^\| (S\d+) \|", LIST, re.MULTILINE) == [f"S{number}" for number in range(1, 91)]


def test_what_is_said_to_show_it_exists():
    for place in re.findall(r"`((?:tests|docs|towns)/[^`]+)`", LIST):
        file, _, test = place.partition("::")
        assert (REPOSITORY / file).exists(), place
        assert not test or f"def {test}(" in (REPOSITORY / file).read_text(), place
