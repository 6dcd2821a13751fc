"""Whether a log names somebody: the people whom a simulated WhatsApp knows, and their words, in what was logged."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

DIGITS: Final = re.compile(r"\d{8,}")
NAME_CHARACTERS: Final = 6  # a shorter name or text is a word like any other
TEXT_CHARACTERS: Final = 12
OTHER_PARTYS: Final = "whatsapp.log"  # of the simulated WhatsApp, which is Meta here and knows its people
WAMID: Final = "wamid."  # holds the other side's number, in base64
NOBODY: Final[dict[str, Any]] = {"people": [], "chats": []}


def assert_nobody_is_named(state: Path, other_numbers: Iterable[str] = ()) -> None:
    """A system's logs, once it has ended and its WhatsApp has kept its world. Another party's WhatsApp keeps none here:
    then only whoever wrote to it can say which numbers to look for.
    """
    world = state / "whatsapp" / "whatsapp.json"
    kept = json.loads(world.read_text()) if world.exists() else NOBODY
    others = [{"wa_id": it, "user_id": "", "name": "", "username": ""} for it in other_numbers]
    kept = {**kept, "people": [*kept["people"], *others]}
    logs = [it for it in (state / "logs").rglob("*") if it.is_file() and it.name != OTHER_PARTYS]
    assert logs, "nothing was logged"
    found = [f"{log.name}: {trace}" for log in logs for trace in named_in(log.read_text(errors="replace"), kept)]
    assert not found, "\n".join(found)


def named_in(log: str, kept: dict[str, Any]) -> list[str]:
    """What of these people stands in the log."""
    people = kept["people"]
    numbers = {it["wa_id"] for it in people if it["wa_id"]} & set(DIGITS.findall(log))
    names = {it[field] for it in people for field in ("user_id", "name", "username") if it[field]}
    words = {it for it in (*names, *_texts(kept["chats"])) if len(it) >= NAME_CHARACTERS}
    return sorted({*numbers, *(it for it in words if it in log), *([WAMID] if WAMID in log else [])})


def _texts(chats: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What citizens wrote, said under a photo or gave as a place."""
    for chat in chats:
        for message in chat["messages"]:
            if not message["from_town"] and message["body"]:
                yield from (it for it in _strings(message["body"]) if len(it) >= TEXT_CHARACTERS and " " in it)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for it in value.values():
                yield from _strings(it)
        case list():
            for it in value:
                yield from _strings(it)
