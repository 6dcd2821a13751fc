"""Mail to staff and departments."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """Never a citizen's name or words, since mail leaves the system."""

    to: str
    subject: str
    text: str
