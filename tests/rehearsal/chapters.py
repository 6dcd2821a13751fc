"""docs/operations/situations.md as whoever is on call reads it: what rings, and what to type."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "operations" / "situations.md"
REHEARSED: Final = "⟳"
_BLOCK: Final = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_ALARM: Final = re.compile(r"`([a-z0-9-]+)`")
_BLANK: Final = re.compile(r"\b[A-Z][A-Z_]+\b")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One situation. commands: the words behind `stadtdraht`, with blanks in capitals."""

    title: str
    is_rehearsed: bool
    alarms: frozenset[str]
    commands: tuple[str, ...]

    def typed(self, values: Mapping[str, str]) -> list[list[str]]:
        """Each command with its blanks filled. Raises KeyError for a blank without a value."""
        return [shlex.split(_BLANK.sub(lambda it: shlex.quote(values[it[0]]), it)) for it in self.commands]


def chapters(text: str) -> dict[str, Chapter]:
    """By title."""
    found = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        title = head.removesuffix(REHEARSED).strip()
        rings = next((line for line in body.splitlines() if line.startswith("**Rings**")), "")
        lines = [line.strip() for block in _BLOCK.findall(body) for line in block.splitlines()]
        commands = [it.removeprefix("stadtdraht ") for it in lines if it.startswith("stadtdraht ")]
        alarms = frozenset(_ALARM.findall(rings))
        found[title] = Chapter(title, head.endswith(REHEARSED), alarms, tuple(commands))
    return found
