"""What is wrong in a town file: each mistake names file, line, field and what is expected."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stadtdraht.adapters.files.toml import line_of
from stadtdraht.domain.errors import StadtdrahtError

FieldPath = tuple[str | int, ...]
"""Of a field in the file, such as ("offers", 1, "label")."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct."""

    line: int
    field: str
    expected: str


class TownFileWrong(StadtdrahtError):
    """The file cannot be used; the text lists every mistake as file:line: field: what is expected."""

    def __init__(self, file: Path, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(mistakes, key=lambda it: it.line)
        super().__init__("\n".join(f"{file}:{it.line}: {it.field}: {it.expected}" for it in self.mistakes))


def mistake_at(text: str, path: FieldPath, expected: str) -> Mistake:
    """What a rule expects of a field in the file of that text."""
    return Mistake(line_of(text, path), named(path), expected)


def named(path: FieldPath) -> str:
    """A field as mistakes name it: "offers.1.label"."""
    return ".".join(map(str, path)) or "town"


def mistake_of(text: str, error: Any) -> Mistake:
    """One of pydantic's errors."""
    path = tuple(part for part in error["loc"] if part != "[key]")  # pydantic's mark of a wrong name
    expected = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        expected = "is not a field of a town file; see docs/operations/town-files.md"
    elif error["type"] == "missing":
        expected = "is needed and missing"
    elif not isinstance(error["input"], dict | list):
        expected = f"{expected[0].lower()}{expected[1:]}, not {error['input']!r}"
    return mistake_at(text, path, expected)


def syntax_mistake(why: ValueError) -> Mistake:
    """What is no TOML."""
    text = str(why)
    line = text.rpartition("at line ")[2].partition(",")[0]
    return Mistake(int(line) if line.isdigit() else 1, "TOML", text)
