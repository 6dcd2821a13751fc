"""Who forgot their password gets a code by mail, and chooses a new one. The second factor stays as it is.

Whether there is such an account, nobody learns: every address gets the same page, a step of its own and a code that
only a mail tells. The code is ours and not Cognito's, whose own would let anybody who knows the client's id ask for
mails past our lock (docs/decisions/0012-a-forgotten-password.md).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.sign_in import (
    PASSWORD_CHARACTERS,
    RECOVERY_DIGITS,
    RECOVERY_LASTS,
    Asked,
    Step,
    Wrong,
    address_of,
)
from stadtdraht.texts.staff.console.recovery import recovery_mail
from stadtdraht.usecases.staff.sign_in import (
    TOKEN_BYTES,
    DoorPorts,
    Locked,
    Next,
    Refused,
    digest,
    lock_of,
    record,
    record_refused,
    step_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from stadtdraht.ports.staff import Mails


@dataclass(frozen=True, slots=True)
class NotFit:
    """Mistyped so plainly that it is no guess."""

    step: Step
    code_digits: int | None = None
    """How many the code has, where that is wrong."""
    is_short: bool = False
    """Whether the password is."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The new password holds, and every device is signed out."""


def ask_code(typed: str, now: datetime, ports: DoorPorts, mails: Mails) -> tuple[Next | Refused | Locked, bool]:
    """The next page, and whether a mail was refused. Refused is only what can be no address."""
    email = address_of(typed)
    if not email:
        return Refused(Wrong.ENTRY), False
    if locked := lock_of(email, now, ports):
        return locked, False
    token, code = secrets.token_urlsafe(TOKEN_BYTES), f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}"
    step = Step(digest(token), email, Asked.RECOVERY, _proof(token, code), now + RECOVERY_LASTS)
    ports.sessions.put_step(step)
    refused = False
    if ports.accounts.find(email):
        try:
            mails.send(recovery_mail(email, code))
        except MailRefused:
            refused = True
    return Next(token, step), refused


def recover(
    token: str, code: str, password: str, now: datetime, ports: DoorPorts
) -> Recovered | NotFit | Refused | Locked:
    """Code and new password together; the code holds once."""
    step = step_of(token, Asked.RECOVERY, now, ports)
    if step is None:
        return Refused(Wrong.TOO_LATE)
    is_short, is_odd = len(password) < PASSWORD_CHARACTERS, len(code) != RECOVERY_DIGITS
    if is_short or is_odd:
        return NotFit(step, len(code) if is_odd else None, is_short)
    if locked := lock_of(step.email, now, ports):
        return locked
    if not hmac.compare_digest(step.proof, _proof(token, code)):
        record_refused(step.email, now, ports)
        return Refused(Wrong.ENTRY, step)
    if wrong := ports.accounts.change_password(step.email, password):
        return Refused(wrong, None if wrong is Wrong.TOO_LATE else step)
    ports.sessions.end_step(step.key, now)
    ports.guesses.forget(step.email)
    staff_id = ports.accounts.find(step.email) or ""
    ports.sessions.end_all(staff_id, now)
    for town in ports.staff.towns_of(staff_id):
        record(AuditedAct.PASSWORD_CHANGED, town, staff_id, step.email, now, ports)
    return Recovered()


def _proof(token: str, code: str) -> str:
    """Nobody finds the code from it without the token, which only the browser has that asked."""
    return hashlib.sha256(f"recovery\n{token}\n{code}".encode()).hexdigest()
