"""People who work in the console of this machine's towns: one with every role, and one for each of three.

Their passwords and keys are made once per state folder. They are enrolled as people are: with a first password, one of
their own, and an app.
"""

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local.product.totp import code
from local.system import System
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import EVERYBODY, Role, Roles
from stadtdraht.domain.staff.sign_in import Identified, Question
from stadtdraht.settings import Settings

PEOPLE: dict[str, tuple[str, Roles]] = {
    "all": ("Maria Muster", EVERYBODY),
    "editor": ("Emil Beispiel", frozenset({Role.EDITOR})),
    "agent": ("Aylin Muster", frozenset({Role.AGENT})),
    "privacy": ("Petra Beispiel", frozenset({Role.PRIVACY})),
}


def create_staff(system: System) -> dict[str, list[dict[str, str]]]:
    """Blocking. Returns what `run.json` says under "console": by town, role, username, password, totp_secret."""
    adapters = Adapters(Settings.from_mapping(system.product_settings), client=system.account.client)
    file = system.settings.state / "staff.json"
    known: dict[str, dict[str, str]] = json.loads(file.read_text()) if file.exists() else {}
    made = {
        town.id: [
            {"role": role, "username": username, **_enrolled(adapters, town.id, username, role, known)}
            for role in PEOPLE
            for username in [f"{role}@{town.id}.example"]
        ]
        for town in adapters.towns.all()
    }
    _keep(file, known)
    return made


def _enrolled(
    adapters: Adapters, town: str, username: str, role: str, known: dict[str, dict[str, str]]
) -> dict[str, str]:
    staff_id = adapters.accounts.find(username)
    if not (staff_id and username in known):
        adapters.accounts.delete(username)
        staff_id, known[username] = _enrol(adapters, username)
    name, roles = PEOPLE[role]
    if adapters.staff.get(town, staff_id) is None:
        adapters.staff.put(Member(staff_id, town, name, username, roles, since=datetime.now(UTC), has_app=True))
    return known[username]


def _enrol(adapters: Adapters, username: str) -> tuple[str, dict[str, str]]:
    accounts, first, own = adapters.accounts, secrets.token_urlsafe(15), secrets.token_urlsafe(15)
    staff_id = accounts.create(username, first)
    asked: Any = accounts.check_password(username, first)
    asked = accounts.set_first_password(username, _proof(asked), own)
    secret = accounts.new_app(_proof(asked))
    done = accounts.connect_app(_proof(asked), code(secret))
    if not isinstance(done, Identified):
        raise TypeError(f"{username} could not be enrolled: {done}")
    return staff_id, {"password": own, "totp_secret": secret}


def _proof(asked: Any) -> str:
    if not isinstance(asked, Question):
        raise TypeError(f"the pool does not ask as it should: {asked}")
    return asked.proof


def _keep(file: Path, known: Any) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(known, out)
