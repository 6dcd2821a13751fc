"""What somebody of a town hall may do in the console. Roles are given per town, and a person may have several."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A part that somebody plays for a town. The values stand in rows."""

    MAYOR = "mayor"
    EDITOR = "editor"
    """The press office: newsletters."""
    AGENT = "agent"
    """Answers citizens and works on reports."""
    CRISIS = "crisis"
    ADMIN = "admin"
    """Invites colleagues and keeps the settings (Verwaltung)."""
    PRIVACY = "privacy"


Roles = frozenset[Role]

EVERYBODY: Final[Roles] = frozenset(Role)
ANSWERS: Final[Roles] = frozenset({Role.MAYOR, Role.AGENT, Role.ADMIN})
"""Who writes to citizens."""
READS_CONVERSATIONS: Final[Roles] = ANSWERS | {Role.PRIVACY}
KEEPS_TEXTS: Final[Roles] = ANSWERS | {Role.EDITOR}
"""Who writes text blocks."""
WORKS_ON_CASES: Final[Roles] = frozenset({Role.MAYOR, Role.AGENT, Role.ADMIN})
WRITES_NEWSLETTERS: Final[Roles] = frozenset({Role.MAYOR, Role.EDITOR, Role.ADMIN})
ANNOUNCES: Final[Roles] = ANSWERS & WRITES_NEWSLETTERS
"""Who begins the newsletter about a consultation on its page."""
SEES_FIGURES: Final[Roles] = frozenset({Role.MAYOR, Role.EDITOR, Role.ADMIN})
KEEPS_STAFF: Final[Roles] = frozenset({Role.ADMIN})
