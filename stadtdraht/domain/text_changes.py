"""What of a text was taken out and what was put in, word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

MOST_WORDS: Final = (
    250  # of either text; the comparison takes their product, and more where they say the same again and again
)
_WORD: Final = re.compile(r"\S+\s*|\s+")


class Part(StrEnum):
    """What became of a part of a text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def changes(before: str, after: str) -> tuple[tuple[Part, str], ...]:
    """The parts in order: SAME and NEW make up `after`, SAME and GONE `before`. Long texts are told as a whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if before == after or max(len(old), len(new)) > MOST_WORDS:
        return ((Part.SAME, after),) if before == after else ((Part.GONE, before), (Part.NEW, after))
    found: list[tuple[Part, str]] = []
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((Part.SAME, "".join(new[start:end])))
            continue
        parts = ((Part.GONE, "".join(old[first:last])), (Part.NEW, "".join(new[start:end])))
        found += [it for it in parts if it[1]]
    return tuple(found)
