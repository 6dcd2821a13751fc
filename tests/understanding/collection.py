"""The collection: labelled messages of citizens, by which understanding is learned and measured (talk/README.md)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stadtdraht.domain.understanding.reading import Command, Kind

TALK = Path(__file__).parent / "talk"
REAL_NEED = frozenset({"emergency", "violence", "despair"})
KINDS = {"question": Kind.QUESTION, "praise": Kind.PRAISE, "none": Kind.NONE} | {
    f"report:{kind}": kind for kind in Kind if kind is not Kind.NONE
}
COMMANDS = tuple(Command)


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled conversation: what is given, what is written, and what is right after the last message."""

    id: str
    town: str
    takes: tuple[str, ...]
    asked: str
    messages: tuple[Any, ...]
    right: Mapping[str, Any]

    @property
    def is_own(self) -> bool:
        """Whether it was written for the project, by other hands than the given ones."""
        return self.id.startswith("own_")

    @property
    def text(self) -> str:
        """The words of its last message; "" where it has none."""
        return words_of(self.messages[-1])


def words_of(message: Any) -> str:
    if isinstance(message, str):
        return message
    return str(message.get("text") or message.get("photo") or message.get("button") or "")


def load(folder: Path = TALK) -> Sequence[Example]:
    """Every message of the collection, in the order of its files."""
    return [
        Example(
            it["id"], it["town"], tuple(it.get("takes", ())), it.get("asked", ""), tuple(it["messages"]), it["right"]
        )
        for file in sorted(folder.glob("*.jsonl"))
        for it in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]


def labels_of(example: Example) -> Mapping[str, bool]:
    """What the example teaches, by label. A label left out teaches nothing of it."""
    right, found = example.right, dict[str, bool]()
    is_answer = bool(example.asked)
    need = right.get("need") or ("none" if {"stop", "command", "joins", "name", "yes"} & right.keys() else None)
    if need and not right.get("soft"):
        found["need"] = need in REAL_NEED
        found["medical_advice"] = need == "medical_advice"
        if need in REAL_NEED:
            found |= {it: need == it for it in REAL_NEED}
    stop = right.get("stop")
    if stop in ("all", "none", "help") or isinstance(stop, list):
        found["leave"] = stop not in ("none", "help")
        found["how_to_leave"] = stop == "help"
    elif stop is None and not is_answer and ({"concern", "command", "joins"} & right.keys() or need in REAL_NEED):
        found["leave"] = found["how_to_leave"] = False
    if not is_answer and ({"concern", "command", "joins", "stop"} & right.keys()):
        found["join"] = bool(right.get("joins"))
        said = str(right.get("command", "")).partition(":")[0]
        if said or {"concern", "joins", "stop"} & right.keys():
            found |= {command.value: said == command.value for command in COMMANDS if command.value != "how_to_leave"}
    if (concern := right.get("concern")) in KINDS and not is_answer and not right.get("joins"):
        found |= {f"kind_{kind.value}": KINDS[concern] is kind for kind in Kind}
    if "asks_place" in right and "concern" in right:
        found["needs_place"] = bool(right["asks_place"] or right.get("place"))
    for name in ("abuse", "chain", "sensitive", "contest"):
        if name in right or "concern" in right:
            found[name] = bool(right.get(name))
    if (right.get("alert") in (None, "state") and "concern" in right) or right.get("alert") == "state":
        found["about_danger"] = right.get("alert") == "state"
    if not is_answer and not {"yes", "name"} & right.keys() and (is_idle := _is_idle(right)) is not None:
        found["small_talk"] = is_idle
    if is_answer and not example.asked.startswith(("name", "district", "rate")) and "yes" in right:
        found |= {"yes": right["yes"] is True, "no": right["yes"] is False}
    return found


def _is_idle(right: Mapping[str, Any]) -> bool | None:
    """Whether it says nothing that anybody has to work on or do; None where that is not told."""
    if right.get("chain"):
        return None
    wants = right.get("stop") not in (None, "none") or bool({"command", "joins"} & right.keys())
    if "concern" in right:
        return right["concern"] == "none" and not wants
    return False if wants or right.get("need") in REAL_NEED else None
