"""Crisis links of this machine's towns: one that warns (the simulated phones) and one for drills."""

from datetime import UTC, datetime, timedelta
from typing import Any

from local.system import System
from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.crypto.pins import hash_pin, new_pin
from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders
from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.settings import Settings
from stadtdraht.usecases.crisis.alert_wording import can_warn
from stadtdraht.usecases.crisis.crisis_links import make_link

HOLDER = "Leitstelle"
HOLD = timedelta(days=30)


def create_links(system: System) -> dict[str, Any]:
    """Make the links of every town that can warn, with a new PIN. Blocking.

    Returns what `run.json` says under "crisis": town → url, pin, holder, drill_url.
    """
    settings = Settings.from_mapping(system.product_settings)
    table = Table(system.account.client("dynamodb"), settings.table_name)
    secrets = SecretsManagerSecrets(system.account.client("secretsmanager"), settings)
    signer = LinkSigner(secrets.link_keys())
    made = {}
    for town in DynamoTowns(table).all():
        if not can_warn(town):
            continue
        pin, now = new_pin(), datetime.now(UTC)
        pin_hash = hash_pin(pin)
        urls = {
            mode: make_link(
                town,
                HOLDER,
                now + HOLD,
                now,
                mode=mode,
                link_id=f"local-{mode}",
                pin_hash=pin_hash,
                public_url=settings.public_url,
                links=DynamoCrisisLinks(table),
                holders=DynamoHolders(table),
                signer=signer,
            ).url
            for mode in LinkMode
        }
        made[town.id] = {"url": urls[LinkMode.LIVE], "pin": pin, "holder": HOLDER, "drill_url": urls[LinkMode.DRILL]}
    return made
