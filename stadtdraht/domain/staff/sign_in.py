"""Signing in: what was found out about somebody, and what they are asked next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

GUESSES: Final = 5
LOCK: Final = timedelta(minutes=15)  # how long an address takes no further guess after the last of them
STEP_LASTS: Final = timedelta(minutes=10)  # the pool's own sessions last as long (infra/blocks/staff_pool.py)
PASSWORD_CHARACTERS: Final = 14
CODE_DIGITS: Final = 6
RECOVERY_DIGITS: Final = 8  # of a code that comes by mail; five guesses, a hundred million codes
RECOVERY_LASTS: Final = timedelta(minutes=30)  # mail may take its time
ADDRESS_CHARACTERS: Final = 254  # of a mail address at most; RFC 5321
# As offices have addresses; what is rarer (quoted names, umlauts) neither Cognito nor SES takes.
_IN_DOMAINS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_IN_NAMES: Final = _IN_DOMAINS | frozenset("!#$%&'*+/=?^_`{|}~")


class Asked(StrEnum):
    """What somebody whose password was right is asked next. The values stand in rows and addresses."""

    PASSWORD = "password"  # noqa: S105 - the name of a question
    """One of their own in place of that of the invitation."""
    ENROL = "enrol"
    """To connect an app that makes codes, once."""
    CODE = "code"
    RECOVERY = "recovery"
    """The code of a mail and a new password, for whoever forgot theirs."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked next. `proof` is the pool's own word that what came before was right; no page shows it."""

    asked: Asked
    proof: str


@dataclass(frozen=True, slots=True)
class Identified:
    """Who it is beyond doubt: password and second factor were right."""

    staff_id: str
    email: str


class Wrong(StrEnum):
    """What was typed does not hold, and what that means for who typed it."""

    ENTRY = "entry"
    """Address, password or code; nobody is told which."""
    TOO_LATE = "too late"
    """It has to begin anew."""
    PASSWORD = "password"  # noqa: S105 - the name of an outcome
    """The new password is not long enough, or the pool does not take it."""


Outcome = Question | Identified | Wrong


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody stands between two pages of signing in."""

    key: str
    """Digest of what the page's hidden field holds, which is stored nowhere."""
    email: str
    asked: Asked
    proof: str
    expires_at: datetime
    secret: str = ""
    """Of an app that is being connected."""


def address_of(typed: str) -> str:
    """A mail address as accounts are named by; "" for what can be none."""
    address = typed.strip().lower()
    name, at, domain = address.partition("@")
    fits = at and "." in domain and len(address) <= ADDRESS_CHARACTERS
    return address if fits and _made_of(_IN_NAMES, name) and _made_of(_IN_DOMAINS, domain) else ""


def _made_of(signs: frozenset[str], dotted: str) -> bool:
    return all(part and signs.issuperset(part) for part in dotted.split("."))


def code_of(typed: str) -> str:
    """The digits of a code, however they were typed: `123 456`."""
    return "".join(one for one in typed if one.isascii() and one.isdigit())
