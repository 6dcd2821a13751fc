"""What is read of people in order to count them: times, and nothing of what was said."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """That a message came; nothing of what it said."""

    at: datetime
    is_for_staff: bool


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """That staff answered somebody who waited; nothing of what they said."""

    at: datetime
    waited_since: datetime
