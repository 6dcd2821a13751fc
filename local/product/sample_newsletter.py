"""A sample newsletter, sent by the same use case as the operator's command."""

import secrets
from datetime import UTC, datetime

from local.system import System
from stadtdraht.adapters.aws.scheduler import EventBridgeSchedule
from stadtdraht.adapters.aws.starter import LambdaStarter
from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoAccountSnapshots
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.broadcast.draft import DraftOptions
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.plan_broadcast import PlanPorts
from stadtdraht.usecases.broadcast.send_newsletter import (
    SendPorts,
    prepare_newsletter,
    send_newsletter,
    write_newsletter,
)


def send_sample(system: System, town_id: str, item: Item) -> None:
    """Write, release and start it; returns when its slices are with the senders. Blocking."""
    ports, now = _ports(system), datetime.now(UTC)
    town = ports.towns.get(town_id)
    url = ports.public_url
    written = write_newsletter(town, item, DraftOptions(), "Beispiel", now, secrets.token_hex(3), public_url=url)
    send_newsletter(prepare_newsletter(written, now, ports), ports)


def _ports(system: System) -> SendPorts:
    settings, client = Settings.from_mapping(system.product_settings), system.account.client
    table = Table(client("dynamodb"), settings.table_name)
    return SendPorts(
        DynamoTowns(table),
        PlanPorts(
            DynamoBroadcasts(table),
            DynamoAudience(table),
            DynamoAlerts(table),
            DynamoDeliveries(table),
            DynamoAccountSnapshots(table),
        ),
        EventBridgeSchedule(client("scheduler"), settings),
        LambdaStarter(client("lambda"), settings.broadcast_start_function),
        settings.public_url,
    )
