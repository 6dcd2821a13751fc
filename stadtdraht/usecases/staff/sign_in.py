"""Signing in, page by page: a password, perhaps one of one's own, an app to connect or its code, then a session.

No session without a second factor. Each guess is counted before it is looked at. Whoever is refused learns nothing of
whether there is such an account; a town whose colleague it concerns finds it in its audit.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import (
    CODE_DIGITS,
    PASSWORD_CHARACTERS,
    STEP_LASTS,
    Asked,
    Identified,
    Outcome,
    Question,
    Step,
    Wrong,
    address_of,
)

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from stadtdraht.ports.privacy import Audit
    from stadtdraht.ports.staff import Accounts, Guesses, Sessions, Staff

TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class DoorPorts:
    """What signing in works on. device: from which somebody does, as they know it."""

    accounts: Accounts
    sessions: Sessions
    guesses: Guesses
    staff: Staff
    audit: Audit
    device: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """The next page. `token` goes into its hidden field."""

    token: str
    step: Step


@dataclass(frozen=True, slots=True)
class Entered:
    """Signed in. `token` goes into the cookie."""

    token: str
    session: Session


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed does not hold. step: where one may try again; None: at the beginning."""

    why: Wrong
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many guesses at this address."""

    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Mistyped so plainly that it is no guess: a code of five digits, a password that is too short."""

    step: Step
    digits: int = 0
    """How many digits of the code there are."""


Answer = Next | Entered | Refused | Locked | Unreadable


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def give_password(typed: str, password: str, now: datetime, ports: DoorPorts) -> Answer:
    """The first page."""
    email = address_of(typed)
    if not email or not password:
        return Refused(Wrong.ENTRY)
    if locked := lock_of(email, now, ports):
        return locked
    return _after(email, ports.accounts.check_password(email, password), None, now, ports)


def give_first_password(token: str, password: str, now: datetime, ports: DoorPorts) -> Answer:
    """A password of one's own, in place of that of the invitation."""
    step = step_of(token, Asked.PASSWORD, now, ports)
    if step is None:
        return Refused(Wrong.TOO_LATE)
    if len(password) < PASSWORD_CHARACTERS:
        return Unreadable(step)
    return _after(step.email, ports.accounts.set_first_password(step.email, step.proof, password), step, now, ports)


def connect_app(token: str, code: str, now: datetime, ports: DoorPorts) -> Answer:
    """The first code of an app that is being connected."""
    return _give_code(token, Asked.ENROL, code, now, ports)


def give_code(token: str, code: str, now: datetime, ports: DoorPorts) -> Answer:
    """A code of the app."""
    return _give_code(token, Asked.CODE, code, now, ports)


def _give_code(token: str, asked: Asked, code: str, now: datetime, ports: DoorPorts) -> Answer:
    step = step_of(token, asked, now, ports)
    if step is None:
        return Refused(Wrong.TOO_LATE)
    if len(code) != CODE_DIGITS:
        return Unreadable(step, len(code))
    if locked := lock_of(step.email, now, ports):
        return locked
    if asked is Asked.ENROL:
        found = ports.accounts.connect_app(step.proof, code)
    else:
        found = ports.accounts.check_code(step.email, step.proof, code)
    return _after(step.email, found, step, now, ports)


def open_session(who: Identified, now: datetime, ports: DoorPorts) -> Entered:
    """For whoever was identified, by whatever door."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    csrf = secrets.token_urlsafe(TOKEN_BYTES)
    session = Session(digest(token), who.staff_id, who.email, csrf, now, now, ports.device)
    for town in ports.staff.towns_of(who.staff_id):
        ports.staff.note_sign_in(town, who.staff_id, now)
        record(AuditedAct.SIGNED_IN, town, who.staff_id, who.email, now, ports)
    ports.sessions.put(session)
    ports.guesses.forget(who.email)
    return Entered(token, session)


def session_of(token: str, now: datetime, sessions: Sessions, *, extends: bool) -> Session | None:
    """Who holds the token, unless their time is over. extends: it was the person, and no script of a page."""
    session = sessions.get(digest(token)) if token else None
    if session is None or session.is_over(now):
        return None
    if extends and (touched := session.touched(now)):
        sessions.touch(touched)
        return touched
    return session


def was_of_gone(token: str, sessions: Sessions) -> bool:
    """Whether its holder was signed in until they worked nowhere any more."""
    return bool(token) and sessions.is_of_gone(digest(token))


def _after(email: str, found: Outcome, step: Step | None, now: datetime, ports: DoorPorts) -> Answer:
    match found:
        case Identified():
            if step:
                ports.sessions.end_step(step.key, now)
            return open_session(found, now, ports)
        case Question():
            if step:
                ports.sessions.end_step(step.key, now)
            return _ask(email, found, now, ports)
        case _:
            if found is Wrong.ENTRY:
                record_refused(email, now, ports)
            return Refused(found, None if found is Wrong.TOO_LATE else step)


def _ask(email: str, question: Question, now: datetime, ports: DoorPorts) -> Answer:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    step = Step(digest(token), email, question.asked, question.proof, now + STEP_LASTS)
    if question.asked is Asked.ENROL:
        secret = ports.accounts.new_app(question.proof)
        if isinstance(secret, Wrong):
            return Refused(Wrong.TOO_LATE)
        step = replace(step, secret=secret)
    ports.sessions.put_step(step)
    return Next(token, step)


def step_of(token: str, asked: Asked, now: datetime, ports: DoorPorts) -> Step | None:
    """Where the holder of the token stands; None elsewhere, or when its time is over."""
    step = ports.sessions.step(digest(token), now) if token else None
    return step if step and step.asked is asked else None


def lock_of(email: str, now: datetime, ports: DoorPorts) -> Locked | None:
    """Counts a guess at the address; not None when there were too many."""
    if ports.guesses.may_guess(email, now):
        return None
    until = ports.guesses.locked_until(email)
    return Locked(until - now if until and until > now else STEP_LASTS)


def record_refused(email: str, now: datetime, ports: DoorPorts) -> None:
    """In the audit of each town that knows them."""
    staff_id = ports.accounts.find(email)
    for town in ports.staff.towns_of(staff_id) if staff_id else ():
        record(AuditedAct.SIGN_IN_REFUSED, town, staff_id or "", email, now, ports)


def record(act: AuditedAct, town: str, staff_id: str, email: str, now: datetime, ports: DoorPorts) -> None:
    ports.audit.record(AuditEntry(town, now, act, email, "", staff_id))
