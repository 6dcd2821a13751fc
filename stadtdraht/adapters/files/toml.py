"""What `tomllib` lacks for town files: on which line a value stands, and how a template is written down."""

import json
import re
from collections.abc import Mapping, Sequence

from stadtdraht.domain.town import Template

_TABLE = re.compile(r"^\s*\[(?P<list>\[)?(?P<name>[^\]]+)\]")
_KEY = re.compile(r"^\s*(?P<name>[A-Za-z0-9_\-\.\"']+)\s*=")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the value at `path`, e.g. ("offers", 1, "label"); of its table when the key is missing.

    Knows tables, lists of tables, and keys at the start of a line, which is how a town file is written.
    """
    best, best_length = 1, 0
    table: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    inside_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside_text:
            if found := _TABLE.match(line):
                name = found["name"].strip()
                if found["list"]:
                    counts[name] = counts.get(name, -1) + 1
                table = _numbered(name, counts)
                best, best_length = _better(path, table, number, best, best_length)
            elif found := _KEY.match(line):
                keys = tuple(part.strip("\"'") for part in found["name"].split("."))
                best, best_length = _better(path, (*table, *keys), number, best, best_length)
        if (line.count('"""') + line.count("'''")) % 2:
            inside_text = not inside_text
    return best


def _numbered(name: str, counts: Mapping[str, int]) -> tuple[str | int, ...]:
    """The parts of a table's name, and behind that of a list the number of its latest entry."""
    path: tuple[str | int, ...] = ()
    parts = name.split(".")
    for depth, part in enumerate(parts, start=1):
        path = (*path, part.strip().strip("\"'"))
        if (number := counts.get(".".join(parts[:depth]))) is not None:
            path = (*path, number)
    return path


def _better(
    path: Sequence[str | int], here: tuple[str | int, ...], number: int, best: int, best_length: int
) -> tuple[int, int]:
    """The longest prefix of the path wins, the first of equals stays."""
    return (number, len(here)) if len(here) > best_length and tuple(path[: len(here)]) == here else (best, best_length)


def template_as_toml(template: Template) -> str:
    """A table of `[[templates]]`. JSON's strings are TOML's, and names of variables need no quotes."""
    examples = ", ".join(f"{name} = {_quoted(value)}" for name, value in template.examples)
    return "\n".join(
        (
            "[[templates]]",
            f"name = {_quoted(template.name)}",
            f"language = {_quoted(template.language)}",
            f"category = {_quoted(template.category)}",
            f'body = """\n{template.body}"""',
            f"footer = {_quoted(template.footer)}",
            f"examples = {{ {examples} }}",
        )
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
