"""`stadtdraht staff invite|list|roles|renew|remove`: who works in the console of a town."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, ask, give, local_time, refuse, table, wants_json
from stadtdraht.domain.staff.errors import WrongInvitation
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Role, Roles
from stadtdraht.texts.staff.console.invitation import say_roles
from stadtdraht.texts.staff.moments import NONE
from stadtdraht.usecases.staff import keep_staff
from stadtdraht.usecases.staff.keep_staff import Invited, StaffPorts, find_member

app = typer.Typer(no_args_is_help=True, help="Wer in der Konsole einer Stadt arbeitet (staff of a town's console)")
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="Dienstliche E-Mail-Adresse (mail address)")]
RolesOption = Annotated[
    list[str],
    typer.Option(
        "--role",
        help="Eine Rolle, mehrmals möglich: mayor (Bürgermeisteramt), editor (Presse), agent (Antworten), crisis "
        "(Krise), admin (Verwaltung), privacy (Datenschutz) (a role; may come several times)",
    ),
]
By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]


@app.command()
@connected
def invite(
    adapters: Adapters,
    town_id: TownOption,
    email: Email,
    name: Annotated[str, typer.Option("--name", help="Vor- und Nachname (first and last name)")],
    role: RolesOption,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Jemanden per E-Mail einladen; die erste Person einer Stadt braucht die Rolle admin. (invite by mail)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    try:
        found = keep_staff.invite(town, name, email, _roles(role), operator(by), now, _ports(adapters))
    except WrongInvitation as wrong:
        refuse(str(wrong))
    _give_access(found, _ports(adapters).url, as_json=as_json)


@app.command("list")
@connected
def list_staff(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Alle mit einem Zugang zur Konsole der Stadt. (everybody who has access)"""
    town = adapters.towns.get(town_id)
    found = adapters.staff.of_town(town.id)
    rows = [
        (
            it.email,
            it.name,
            say_roles(it.roles),
            local_time(it.last_sign_in, town) if it.last_sign_in else NONE,
            "ja" if it.has_app else "nein",
        )
        for it in found
    ]
    head = ("E-Mail", "Name", "Rollen", "zuletzt hier", "Code-App")
    nothing = "Noch niemand. Laden Sie zuerst jemanden mit --role admin ein: stadtdraht staff invite"
    give([_value(it) for it in found], as_json=as_json, show=lambda out: out.print(table(head, rows, nothing=nothing)))


@app.command()
@connected
def roles(
    adapters: Adapters, town_id: TownOption, email: Email, role: RolesOption, by: By = "", as_json: AsJson = False
) -> None:
    """Die Rollen einer Person neu setzen; gilt mit ihrem nächsten Klick. (set somebody's roles)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    member = find_member(town.id, email, adapters.staff)
    try:
        keep_staff.change_roles(town, member.staff_id, _roles(role), operator(by), now, _ports(adapters))
    except WrongInvitation as wrong:
        refuse(str(wrong))
    changed = find_member(town.id, email, adapters.staff)
    give(
        _value(changed),
        as_json=as_json,
        show=lambda out: out.print(f"{changed.name}: {say_roles(changed.roles)}"),
    )


@app.command()
@connected
def renew(adapters: Adapters, town_id: TownOption, email: Email, by: By = "", as_json: AsJson = False) -> None:
    """Passwort vergessen oder Telefon verloren: ein neues erstes Passwort per E-Mail, die Code-App noch einmal. (a
    new first password and app)
    """
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    member = find_member(town.id, email, adapters.staff)
    found = keep_staff.renew(town, member.staff_id, operator(by), now, _ports(adapters))
    _give_access(found, _ports(adapters).url, as_json=as_json)


@app.command()
@connected
def remove(
    adapters: Adapters,
    town_id: TownOption,
    email: Email,
    by: By = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ohne Rückfrage (do not ask)")] = False,
    as_json: AsJson = False,
) -> None:
    """Einen Zugang beenden: gilt mit dem nächsten Klick, auf allen Geräten. (end somebody's access)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    member = find_member(town.id, email, adapters.staff)
    if not yes:
        ask(f"Den Zugang von {member.name} ({say_roles(member.roles)}) beenden?", err=wants_json(as_json))
    keep_staff.remove_member(town, member.staff_id, operator(by), now, _ports(adapters))
    give(_value(member), as_json=as_json, show=lambda out: out.print(f"{member.name} hat keinen Zugang mehr."))


def _roles(typed: list[str]) -> Roles:
    if unknown := [it for it in typed if it not in set(Role)]:
        refuse(f"--role {unknown[0]}: diese Rolle gibt es nicht; es gibt {', '.join(Role)}")
    return frozenset(map(Role, typed))


def _ports(adapters: Adapters) -> StaffPorts:
    it = adapters
    return StaffPorts(it.accounts, it.staff, it.sessions, it.mails, it.audit, f"{it.settings.public_url}/console")


def _give_access(found: Invited, url: str, *, as_json: bool) -> None:
    """The first password is shown only where no mail could bring it."""
    value = _value(found.member) | {"mailed": not found.why_no_mail, "password": found.password or None}
    said = f"Die E-Mail an {found.member.email} ist unterwegs."
    if found.why_no_mail:
        said = f"Eingerichtet, aber ohne E-Mail ({found.why_no_mail}). Bitte selbst weitergeben:\n{url}"
        said += f"\n{found.member.email}" + (f"\nerstes Passwort: {found.password}" if found.password else "")
    give(value, as_json=as_json, show=lambda out: out.print(said))


def _value(member: Member) -> dict[str, object]:
    return {
        "staff_id": member.staff_id,
        "town": member.town,
        "name": member.name,
        "email": member.email,
        "roles": sorted(member.roles),
        "language": member.language,
        "last_sign_in": member.last_sign_in.isoformat(timespec="seconds") if member.last_sign_in else None,
        "has_app": member.has_app,
    }
