"""What must be mended in a newsletter; words for the press office stand in texts/staff/newsletter_lint.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass


@dataclass(frozen=True, slots=True)
class NewsletterFinding:
    """What must be mended, and where."""

    item: int
    """Its number from 1; 0: the newsletter as a whole."""
    field: str
    """Of the item, or of the newsletter."""
    text: str
    code: str
    """Which of our findings it is; it stays when its words change."""
    facts: Mapping[str, object] = of_dataclass(default_factory=dict, compare=False)
    """What its sentence needs, by the names in braces there."""

    def __str__(self) -> str:
        where = f"item {self.item}, {self.field}" if self.item else self.field
        return f"{where}: {self.text}"
