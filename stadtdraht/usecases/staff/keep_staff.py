"""Who works in a town's console: invited, with roles, away, and gone. Each act stands in the audit, by its actor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.domain.staff.errors import MailRefused, NotOfStaff, RenewedAlready, WrongInvitation
from stadtdraht.domain.staff.member import Absence, Member
from stadtdraht.domain.staff.sign_in import address_of
from stadtdraht.texts.staff.console import invitation as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from stadtdraht.domain.staff.mail import Mail
    from stadtdraht.domain.staff.roles import Roles
    from stadtdraht.domain.town import Town
    from stadtdraht.ports.privacy import Audit
    from stadtdraht.ports.staff import Accounts, Mails, Sessions, Staff

NAME_CHARACTERS: Final = 80
PASSWORD_BYTES: Final = 15  # 20 characters
A_DAY: Final = timedelta(days=1)  # an absence ends at the midnight after its last one


@dataclass(frozen=True, slots=True)
class StaffPorts:
    """What keeping staff works on. url: of the door."""

    accounts: Accounts
    staff: Staff
    sessions: Sessions
    mails: Mails
    audit: Audit
    url: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody has a place now. password: the first one, where no mail could bring it; "" when it is in the mail."""

    member: Member
    password: str = ""
    why_no_mail: str = ""


def invite(town: Town, name: str, email: str, roles: Roles, by: str, now: datetime, ports: StaffPorts) -> Invited:
    """By mail. Who works for another town keeps their account. Raises WrongInvitation."""
    name, address = " ".join(name.split()), address_of(email)
    if not 0 < len(name) <= NAME_CHARACTERS or not name.isprintable():
        raise WrongInvitation("name", "Bitte Vor- und Nachname eintragen.")
    if not address:
        raise WrongInvitation("email", "Das ist keine E-Mail-Adresse.")
    if not roles:
        raise WrongInvitation("role", "Bitte mindestens eine Rolle ankreuzen.")
    staff_id = ports.accounts.find(address)
    if staff_id and ports.staff.get(town.id, staff_id):
        raise WrongInvitation("email", "Diese Person hat schon einen Zugang; Sie finden sie in der Liste.")
    works_elsewhere = bool(staff_id and ports.staff.towns_of(staff_id))
    password = ""
    if not staff_id:
        password = new_password()
        staff_id = ports.accounts.create(address, password)
    elif not works_elsewhere:  # an invitation before this one broke off, or somebody comes back
        password = new_password()
        ports.accounts.renew(address, password)
    member = Member(staff_id, town.id, name, address, roles, since=now, has_app=works_elsewhere)
    ports.staff.put(member)
    _record(AuditedAct.INVITED, member, by, words.roles_in_german(roles), now, ports)
    if password:
        return _told(member, words.invitation(member, town, password, ports.url, by), password, ports)
    return _told(member, words.another_town(member, town, ports.url, by), "", ports)


def renew(town: Town, staff_id: str, by: str, now: datetime, ports: StaffPorts, press: str = "") -> Invited:
    """For who has forgotten the password or lost the phone: a new first password by mail, signed out everywhere.

    press: the form's nonce, so that one password is made of it. Raises NotOfStaff, RenewedAlready.
    """
    member, password = _member(town, staff_id, ports), new_password()
    if press and not ports.staff.begins_renewal(town.id, staff_id, press):
        raise RenewedAlready
    ports.accounts.renew(member.email, password)
    ports.sessions.end_all(staff_id, now)
    for of in ports.staff.towns_of(staff_id):
        ports.staff.note_renewal(of, staff_id)
    _record(AuditedAct.RENEWED, member, by, "", now, ports)
    mail = words.invitation(member, town, password, ports.url, by)
    return _told(member, mail, password, ports)


def change_roles(town: Town, staff_id: str, roles: Roles, by: str, now: datetime, ports: StaffPorts) -> None:
    """Holds with the next click. Raises LastAdmin, NotOfStaff, WrongInvitation."""
    if not roles:
        raise WrongInvitation("role", "Bitte mindestens eine Rolle ankreuzen, oder beenden Sie den Zugang.")
    member = _member(town, staff_id, ports)
    if member.roles == roles:
        return
    ports.staff.change_roles(town.id, staff_id, roles)
    said = f"{words.roles_in_german(member.roles)} → {words.roles_in_german(roles)}"
    _record(AuditedAct.ROLES, member, by, said, now, ports)


def remove_member(town: Town, staff_id: str, by: str, now: datetime, ports: StaffPorts) -> None:
    """Holds with the next click: there is no page any more. Who works for no other town has no account any more, and
    their sessions end.

    Raises LastAdmin, NotOfStaff.
    """
    member = _member(town, staff_id, ports)
    ports.staff.remove(town.id, staff_id, now)
    _record(AuditedAct.REMOVED, member, by, words.roles_in_german(member.roles), now, ports)
    if not ports.staff.towns_of(staff_id):
        ports.accounts.delete(member.email)
        ports.sessions.end_all_of_gone(staff_id, now)


def set_absence(town: Town, staff_id: str, absence: Absence | None, by: str, now: datetime, ports: StaffPorts) -> None:
    """Somebody is away, or back. Raises NotOfStaff, WrongInvitation."""
    member = _member(town, staff_id, ports)
    if absence:
        if absence.until <= max(now, absence.since):
            raise WrongInvitation("until", "Der letzte Tag liegt vor dem ersten, oder er ist schon vorbei.")
        deputy = ports.staff.get(town.id, absence.deputy_id) if absence.deputy_id else None
        if absence.deputy_id and (deputy is None or deputy.staff_id == staff_id):
            raise WrongInvitation("deputy", "Bitte jemand anderen aus der Liste wählen.")
    ports.staff.change_absence(town.id, staff_id, absence)
    said = f"{absence.since:%d.%m.%Y} bis {absence.until - A_DAY:%d.%m.%Y}" if absence else "wieder da"
    _record(AuditedAct.ABSENCE, member, by, said, now, ports)


def change_profile(member: Member, wanted: Member, now: datetime, ports: StaffPorts) -> None:
    """One's own name, wishes and language. A new name stands in the audit, which names people as they named themselves.

    Raises NotOfStaff.
    """
    ports.staff.change_profile(wanted)
    if wanted.name != member.name:
        _record(AuditedAct.RENAMED, member, member.name, f"{member.name} → {wanted.name}", now, ports)


def find_member(town: str, email: str, staff: Staff) -> Member:
    """By mail address. Raises NotOfStaff."""
    wanted = address_of(email)
    found = next((it for it in staff.of_town(town) if wanted and it.email == wanted), None)
    if found is None:
        raise NotOfStaff(town, email)
    return found


def new_password(random: Callable[[int], str] = secrets.token_urlsafe) -> str:
    """The first one, which is good for one sign-in."""
    return random(PASSWORD_BYTES)


def _member(town: Town, staff_id: str, ports: StaffPorts) -> Member:
    member = ports.staff.get(town.id, staff_id)
    if member is None:
        raise NotOfStaff(town.id, staff_id)
    return member


def _told(member: Member, mail: Mail, password: str, ports: StaffPorts) -> Invited:
    try:
        ports.mails.send(mail)
    except MailRefused as refused:  # the place is there all the same; somebody has to tell them
        return Invited(member, password, refused.why)
    return Invited(member)


def _record(act: AuditedAct, member: Member, by: str, why: str, now: datetime, ports: StaffPorts) -> None:
    ports.audit.record(AuditEntry(member.town, now, act, by, why, member.staff_id))
