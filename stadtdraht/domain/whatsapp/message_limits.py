"""How long the parts of a message may be. Source: Meta, Text messages and Interactive messages, 2026-09."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TEXT_CHARACTERS = 4096
BUTTON_CHARACTERS = 20  # of a reply button, and of the button that opens a list
LIST_TITLE_CHARACTERS = 24  # of a row, and of a section
LIST_DESCRIPTION_CHARACTERS = 72  # of a row
INTERACTIVE_CHARACTERS = 1024  # of the words above buttons or a list
HEADER_CHARACTERS = FOOTER_CHARACTERS = 60
BUTTONS_AT_MOST = 3  # then it becomes a list
ROWS_AT_MOST = 10


def breaches(message: Mapping[str, Any]) -> Iterator[str]:
    """Why Meta would refuse a text or an interactive message, which is the type-specific part of what is sent."""
    if message["type"] == "text":
        yield from _length("text", message["text"]["body"], TEXT_CHARACTERS)
        return
    shown = message["interactive"]
    yield from _length("body", shown["body"]["text"], INTERACTIVE_CHARACTERS)
    for part, most in (("header", HEADER_CHARACTERS), ("footer", FOOTER_CHARACTERS)):
        if part in shown:
            yield from _length(part, shown[part]["text"], most)
    action = shown["action"]
    if shown["type"] == "button":
        yield from _titles("button", [it["reply"]["title"] for it in action["buttons"]], BUTTON_CHARACTERS)
        yield from _number("buttons", len(action["buttons"]), BUTTONS_AT_MOST)
        return
    yield from _length("list button", action["button"], BUTTON_CHARACTERS)
    rows = [row for section in action["sections"] for row in section["rows"]]
    for section in action["sections"]:
        yield from _length("section", section["title"], LIST_TITLE_CHARACTERS)
    yield from _titles("row", [row["title"] for row in rows], LIST_TITLE_CHARACTERS)
    yield from _number("rows", len(rows), ROWS_AT_MOST)
    for row in rows:
        if "description" in row:
            yield from _length("description of a row", row["description"], LIST_DESCRIPTION_CHARACTERS)


def _length(part: str, words: str, most: int) -> Iterator[str]:
    if not words.strip():
        yield f"{part}: no words"
    if len(words) > most:
        yield f"{part}: {len(words)} characters, at most {most}"


def _titles(part: str, titles: Sequence[str], most: int) -> Iterator[str]:
    for title in titles:
        yield from _length(part, title, most)
    if len(set(titles)) < len(titles):
        yield f"{part}: two of the same name"


def _number(what: str, number: int, most: int) -> Iterator[str]:
    if not 1 <= number <= most:
        yield f"{number} {what}, at most {most}"
