"""A text block: words that staff use again and again, with places for what differs."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

PLACES: Final = ("Name", "Sprechzeit", "Link")
"""As staff type them, in braces."""
TITLE_CHARACTERS: Final = 60
TOPIC_CHARACTERS: Final = 40
WORDS_CHARACTERS: Final = 2000
MOST: Final = 200  # of a town; more are not found any more
_PLACE = re.compile(r"\{([^{}]*)\}")
_NO_NAME = re.compile(r"\s*\{Name\}")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One of a town's."""

    id: str
    title: str
    words: str
    topic: str = ""
    language: str = "de"
    by: str = ""
    """Who wrote it last, as staff name themselves."""
    changed_at: datetime | None = None
    used: int = 0
    """How often it was put into an answer."""

    @property
    def unknown_places(self) -> tuple[str, ...]:
        """What stands in braces and would go out as it is."""
        return tuple(it for it in _PLACE.findall(self.words) if it not in PLACES)

    def filled(self, *, name: str, hours: str, link: str) -> str:
        """The words as they are put into an answer. Without a name nothing is left in its place, no space either."""
        words = self.words if name else _NO_NAME.sub("", self.words)
        for place, value in zip(PLACES, (name, hours, link), strict=True):
            words = words.replace(f"{{{place}}}", value)
        return words
