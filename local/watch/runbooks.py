"""Chapters of docs/operations/runbooks.md: one row of its tables for each alarm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ROW = re.compile(r"^\| `(?P<name>[a-z0-9-]+)` \| (?P<order>P\d[a-z ]*) \| (?P<cells>.+) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the page says of one alarm."""

    name: str
    order: str
    meaning: str
    what_to_do: str
    """Empty where the page says it once for the whole table."""


def chapters(page: str) -> Mapping[str, Chapter]:
    """By the alarm's name."""
    found = {}
    for row in ROW.finditer(page):
        meaning, _, what_to_do = row["cells"].partition(" | ")
        found[row["name"]] = Chapter(row["name"], row["order"], meaning, what_to_do)
    return found
