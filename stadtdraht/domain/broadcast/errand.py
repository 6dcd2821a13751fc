"""What pages of newsletters ask for and nobody waits for, since it reads the whole audience or asks Meta."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

GIVEN_UP_AFTER = timedelta(minutes=15)  # the function that does it ends by then: infra/features/broadcast.py


class Errand(StrEnum):
    """One kind of it. The values stand in keys of rows."""

    PLAN = "plan"
    """Whom it would reach, when, and for how much."""
    REPORT = "report"
    """What became of it."""
    TEST = "test"
    """To the town's testers."""


@dataclass(frozen=True, slots=True)
class ErrandResult:
    """What came of an errand."""

    at: datetime
    about: datetime | None
    """`changed_at` of the newsletter that it is about."""
    value: Mapping[str, Any] = field(default_factory=dict)
    """As JSON has it."""
    trouble: str = ""
    """Why nothing came of it, for staff."""
    trouble_in_english: str = ""
    final: bool = False
    """Whether it stays so."""


@dataclass(frozen=True, slots=True)
class ErrandNote:
    """Where an errand stands."""

    asked_at: datetime | None = None
    result: ErrandResult | None = None
    """The latest."""

    def is_under_way(self, now: datetime) -> bool:
        """Whether somebody is at it. What takes longer than anybody may was given up."""
        if self.asked_at is None or (self.result and self.result.at >= self.asked_at):
            return False
        return now - self.asked_at < GIVEN_UP_AFTER

    def is_due(self, now: datetime, about: datetime | None, good_for: timedelta) -> bool:
        """Whether to ask again: nobody is at it, and what is known is too old or about other words."""
        if self.is_under_way(now) or (self.result and self.result.final):
            return False
        return self.result is None or self.result.about != about or now - self.result.at >= good_for
