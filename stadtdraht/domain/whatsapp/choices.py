"""Words with something to press under them: up to three buttons, or a list; text where WhatsApp would take neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stadtdraht.domain.text import shorten
from stadtdraht.domain.whatsapp.message_limits import (
    BUTTON_CHARACTERS,
    BUTTONS_AT_MOST,
    INTERACTIVE_CHARACTERS,
    LIST_DESCRIPTION_CHARACTERS,
    LIST_TITLE_CHARACTERS,
    ROWS_AT_MOST,
    TEXT_CHARACTERS,
)

Choices = Sequence[tuple[str, str, str]]
"""(id, label, description) of what can be pressed."""


@dataclass(frozen=True, slots=True)
class WordsWithChoices:
    """What a person reads, and what they may press; list_button opens the choices where they come as a list."""

    words: str
    choices: Choices = ()
    list_button: str = ""

    @property
    def can_be_pressed(self) -> bool:
        """Whether WhatsApp takes the choices: it refuses the whole message for one that is too long or named like
        another, and the person would hear nothing.
        """
        titles = {title for title, _ in self._titles()}
        few_enough = 0 < len(self.choices) <= ROWS_AT_MOST
        return few_enough and len(self.words) <= INTERACTIVE_CHARACTERS and len(titles) == len(self.choices)

    @property
    def label_characters(self) -> int:
        """How long a label may be: what fits no button fits a list, perhaps."""
        fit = all(len(label) <= BUTTON_CHARACTERS for _, label, _ in self.choices)
        return BUTTON_CHARACTERS if fit and len(self.choices) <= BUTTONS_AT_MOST else LIST_TITLE_CHARACTERS

    @property
    def as_text(self) -> str:
        """With the choices named, for who cannot press: they may write them. As long as it is."""
        named = "\n".join(f"• {label}" for _, label, _ in self.choices if label not in self.words)
        return f"{self.words}\n\n{named}" if named else self.words

    def message(self) -> Mapping[str, Any]:
        """The type-specific part of a Cloud API message."""
        if not self.can_be_pressed:
            return text_message(shorten(self.as_text, TEXT_CHARACTERS))
        if self.label_characters == BUTTON_CHARACTERS:
            buttons = [
                {"type": "reply", "reply": {"id": name, "title": title}}
                for (name, _, _), (title, _) in zip(self.choices, self._titles(), strict=True)
            ]
            shown = {"type": "button", "body": {"text": self.words}, "action": {"buttons": buttons}}
        else:
            rows = [
                {"id": name, "title": title} | ({"description": about} if about else {})
                for (name, _, _), (title, about) in zip(self.choices, self._titles(), strict=True)
            ]
            button = shorten(self.list_button, BUTTON_CHARACTERS)
            action = {"button": button, "sections": [{"title": button, "rows": rows}]}
            shown = {"type": "list", "body": {"text": self.words}, "action": action}
        return {"type": "interactive", "interactive": shown}

    def _titles(self) -> Sequence[tuple[str, str]]:
        """Of each choice what is pressed, and what a list says about it."""
        most = self.label_characters
        return [(shorten(label, most), shorten(about, LIST_DESCRIPTION_CHARACTERS)) for _, label, about in self.choices]


def text_message(words: str) -> Mapping[str, Any]:
    """Words alone. No picture of a page that they link to is shown."""
    return {"type": "text", "text": {"body": words, "preview_url": False}}
