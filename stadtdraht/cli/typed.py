"""What was typed behind a command: text that is text, and names no longer than a name can be."""

from collections.abc import Mapping, Sequence
from typing import Any

from stadtdraht.cli.output import USAGE, refuse

MOST_OF_A_NAME = 200  # characters of an id, a name, a time; a key of the table holds 1,024 bytes
MOST_OF_WORDS = 10_000  # what is too long for WhatsApp is said by how much, where it is known what is added to it
WORDS = frozenset(
    {"say", "words", "note", "text", "title", "teaser", "why", "subject", "detail", "link", "image", "terms", "address"}
)


def check_typed(parameters: Sequence[Any], values: Mapping[str, object]) -> None:
    """Ends the command where a text would break what it is looked up or printed with. `parameters`: of the command."""
    shown = {it.name: it.opts[0] if it.opts[0].startswith("-") else it.metavar or it.name.upper() for it in parameters}
    for name, value in values.items():
        for text in value if isinstance(value, list | tuple) else (value,):
            if isinstance(text, str):
                _check(shown.get(name, name), text, MOST_OF_WORDS if name in WORDS else MOST_OF_A_NAME)


def _check(shown: str, text: str, most: int) -> None:
    if len(text) > most:
        refuse(f"{shown}: höchstens {most} Zeichen sind möglich, dies sind {len(text)}; bitte kürzen Sie es", USAGE)
    if any("\ud800" <= sign <= "\udfff" for sign in text):  # bytes that are no UTF-8, as Python keeps them
        refuse(f"{shown}: darin steht etwas, das kein Text in UTF-8 ist; bitte tippen Sie es neu ein", USAGE)
