"""What one language needs to say any alert."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """whole_town: the place when no district is named, with {town}. until: the end of validity, for strftime.

    scenarios: per scenario's id, what happened (after the frame's "Official warning:") and what to do now.
    """

    whole_town: str
    until: str
    scenarios: Mapping[str, tuple[str, str]]
