"""Text blocks: sentences that a town's staff put into an answer, with places that are filled in by themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stadtdraht.domain.errors import ToldToStaff

NAME, HOURS, LINK = "Name", "Sprechzeit", "Link"
PLACEHOLDERS = (NAME, HOURS, LINK)
TITLE_CHARACTERS = 80
WORDS_CHARACTERS = 2000
_PLACE = re.compile(r"(?P<before>[ \t]?)\{(?P<name>[^{}\n]{0,40})\}")


class TextBlockNotFit(ToldToStaff):
    """It cannot be kept. `field` is "title" or "words"."""

    def __init__(self, field: str, why: str, **facts: object) -> None:
        super().__init__(why, **facts)
        self.field = field


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One of a town's."""

    town: str
    id: str
    title: str
    words: str
    topic: str = ""
    """By which lists group them, in the town's words."""
    language: str = "de"
    owner: str = ""
    """Who wrote it, as shown."""
    used: int = 0
    """How often it was put into an answer."""

    def check(self) -> None:
        """Raises TextBlockNotFit."""
        if not self.title.strip():
            raise TextBlockNotFit("title", "Ein Textbaustein braucht einen Titel, unter dem Sie ihn finden")
        if len(self.title) > TITLE_CHARACTERS:
            raise TextBlockNotFit("title", "Der Titel hat höchstens {most} Zeichen", most=TITLE_CHARACTERS)
        if not self.words.strip():
            raise TextBlockNotFit("words", "Ein Textbaustein braucht Worte")
        if len(self.words) > WORDS_CHARACTERS:
            raise TextBlockNotFit("words", "Ein Textbaustein hat höchstens {most} Zeichen", most=WORDS_CHARACTERS)
        if unknown := [it["name"] for it in _PLACE.finditer(self.words) if it["name"] not in PLACEHOLDERS]:
            known = ", ".join(f"{{{it}}}" for it in PLACEHOLDERS)
            raise TextBlockNotFit(
                "words", "{place} füllt niemand aus; es gibt {known}", place=f"{{{unknown[0]}}}", known=known
            )

    def filled(self, values: Mapping[str, str]) -> str:
        """The words for one answer. A place without a value goes, with the blank before it: "Guten Tag, …"."""

        def fill(found: re.Match[str]) -> str:
            if found["name"] not in PLACEHOLDERS:
                return found[0]
            value = values.get(found["name"], "")
            return f"{found['before']}{value}" if value else ""

        return _PLACE.sub(fill, self.words)
