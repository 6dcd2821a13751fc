"""What staff saw of a person that lists do not show, and what was done to their own access: who, when, why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.identifiers import keyed_hash

PERSON_DIGITS = 12
EVERYBODY = "alle"  # in place of a person


class AuditedAct(StrEnum):
    """What was done."""

    REVEALED = "revealed"
    """A telephone number was shown."""
    EXPORTED = "exported"
    """Everything of a person, or of all, was given out, numbers with it."""
    OPENED = "opened"
    """A conversation was read by somebody who answers none."""
    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    INVITED = "invited"
    RENEWED = "renewed"
    """Somebody was given a new first password, and has to connect their app anew."""
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of an act
    """By a code that went to their mail address."""
    ROLES = "roles"
    REMOVED = "removed"
    ABSENCE = "absence"
    RENAMED = "renamed"
    """Somebody changed their own name."""

    @property
    def is_of_staff(self) -> bool:
        """About somebody of the town hall, who is named by their staff id."""
        return self not in (AuditedAct.REVEALED, AuditedAct.EXPORTED, AuditedAct.OPENED)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act; entries are only ever added."""

    town: str
    at: datetime
    act: AuditedAct
    by: str
    """As staff name themselves."""
    why: str
    person: str
    """Keyed hash of the person's id, so that it outlives their erasure and names nobody; or EVERYBODY; or of staff."""


def person_in_audit(pepper: bytes, town: str, citizen_id: str) -> str:
    """How a person stands in the audit: the same at every act, not to be undone without the pepper."""
    return keyed_hash(pepper, f"audit\n{town}\n{citizen_id}", PERSON_DIGITS)
