"""Sets up the towns of `towns/` in a running local system, as `stadtdraht town apply` does for a real one."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from local.product.crisis_links import create_links
from local.product.staff import create_staff
from local.system import System
from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.migration.stored_rows import DynamoStoredRows
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.files import town_file
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.settings import Settings
from stadtdraht.usecases.operations.migrate_rows import migrate_rows
from stadtdraht.usecases.towns.apply_town import apply_town

ASKS_WITHIN_S = 10


def set_up_towns(system: System) -> dict[str, Any]:
    """Apply every town file. Blocking. Returns what `run.json` says about them: towns, console, crisis."""
    settings = Settings.from_mapping(system.product_settings)
    table = Table(system.account.client("dynamodb"), settings.table_name)
    secrets = SecretsManagerSecrets(system.account.client("secretsmanager"), settings)
    simulated = not system.settings.graph_api_url

    def account_of(token: str) -> GraphAccount:
        return GraphAccount(token, settings.graph_api_url, settings.graph_api_version)

    known = {}
    for file in sorted((system.repository / "towns").glob("*.toml")):
        town = town_file.read(file)
        token = _token_of(system, town)
        if simulated:
            _register(system, town, token)
        else:
            town = _at_the_pace_of(system, town, account_of(token))
        changes = apply_town(
            town,
            token=token,
            towns=DynamoTowns(table),
            rates=DynamoControls(table),
            secrets=secrets,
            account_of=account_of if simulated else None,  # another Graph API counts named templates as approved
        )
        system.say(f"  {town.name}: {', '.join(changes) or 'as it was'}")
        known[town.id] = {
            "phone_number_id": town.number.phone_number_id,
            "waba_id": town.number.waba_id,
            "display_phone_number": town.number.display_phone_number,
        }
    migrate_rows(DynamoStoredRows(table, secrets.pepper()), lambda: datetime.now(UTC), lambda _: None)
    return {"towns": known, "console": create_staff(system), "crisis": create_links(system)}


def _token_of(system: System, town: Town) -> str:
    """Different for each town and each state folder; nothing outside knows it."""
    return "EAA" + hashlib.sha256(f"{system.secrets.pepper}{town.id}".encode()).hexdigest()


def _register(system: System, town: Town, token: str) -> None:
    """Give the simulated WhatsApp the town's number."""
    number = town.number
    httpx.put(
        f"{system.graph}/_sim/numbers/{number.phone_number_id}",
        json={
            "town": town.id,
            "waba_id": number.waba_id,
            "display_phone_number": number.display_phone_number,
            "verified_name": town.service_name,
            "token": token,
            "rate_mps": number.rate_mps,
            "messaging_limit": f"TIER_{number.portfolio_limit or 'UNLIMITED'}",
        },
        timeout=ASKS_WITHIN_S,
    ).raise_for_status()


def _at_the_pace_of(system: System, town: Town, account: GraphAccount) -> Town:
    """What the other Graph API allows: GRAPH_API_RATE, else what it says of the number, else the town file's."""
    rate_mps = system.settings.graph_api_rate
    if rate_mps is None:
        try:
            rate_mps = account.number(town.number.phone_number_id).rate_mps
        except MetaRefused:
            rate_mps = None  # it needs no such route
    return replace(town, number=replace(town.number, rate_mps=max(1, int(rate_mps or town.number.rate_mps))))
