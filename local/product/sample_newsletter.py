"""A sample newsletter, sent by the same use case as the operator's command."""

from datetime import UTC, datetime

from local.system import System
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions
from stadtdraht.domain.identifiers import new_random
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts
from stadtdraht.usecases.broadcast.sending.send_newsletter import (
    SendPorts,
    prepare_newsletter,
    send_newsletter,
    write_newsletter,
)


def send_sample(system: System, town_id: str, item: Item) -> None:
    """Write, release and start it; returns when its slices are with the senders. Blocking."""
    ports, now = _ports(system), datetime.now(UTC)
    town, url = ports.towns.get(town_id), ports.public_url
    written = write_newsletter(town, item, DraftOptions(), Colleague("Beispiel"), now, new_random(), public_url=url)
    send_newsletter(prepare_newsletter(written, now, ports), ports)


def _ports(system: System) -> SendPorts:
    it = Adapters(Settings.from_mapping(system.product_settings), client=system.account.client)
    plan = PlanPorts(it.broadcasts, it.audience, it.alerts, it.deliveries, it.account_snapshots)
    return SendPorts(it.towns, plan, it.schedule, it.starter, it.settings.public_url)
