"""A sample newsletter, sent as the operator's command sends one."""

import secrets
from datetime import UTC, datetime

from local.system import System
from stadtdraht.adapters.aws.starter import LambdaStarter
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import Wish, draft, released
from stadtdraht.domain.broadcast.lint import check
from stadtdraht.settings import Settings


def send_newsletter(system: System, town_id: str, *, title: str, teaser: str, link: str) -> None:
    """Release it and have it started; returns when its slices are with the senders. Blocking."""
    settings = Settings.from_mapping(system.product_settings)
    table = Table(system.account.client("dynamodb"), settings.table_name)
    town, now = DynamoTowns(table).get(town_id), datetime.now(UTC)
    drafted = draft(town, (Item(title, teaser, link),), Wish(), "Beispiel", now, secrets.token_hex(3))
    broadcast = released(drafted, "Beispiel", now)
    check(broadcast, town, links_in_message(broadcast, town, settings.public_url), now)
    DynamoBroadcasts(table).create(broadcast)
    LambdaStarter(system.account.client("lambda"), settings.broadcast_start_function).start(
        town.id, broadcast.broadcast_id
    )
