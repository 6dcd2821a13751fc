"""Sample newsletters: one is sent, by the same use case as the operator's command; another waits for its release."""

from datetime import UTC, datetime, time, timedelta

from local.system import System
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Role
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts
from stadtdraht.usecases.broadcast.sending.send_newsletter import (
    SendPorts,
    prepare_newsletter,
    send_newsletter,
    write_newsletter,
)
from stadtdraht.usecases.broadcast.writing.ask_release import ask_release
from stadtdraht.usecases.broadcast.writing.draft_from_feed import fitted

AHEAD = timedelta(days=2)


def send_sample(system: System, town_id: str, item: Item) -> None:
    """Write, release and start it; returns when its slices are with the senders. Blocking."""
    ports, now = _ports(system), datetime.now(UTC)
    town, url = ports.towns.get(town_id), ports.public_url
    written = write_newsletter(town, item, DraftOptions(), Colleague("Beispiel"), now, new_random(), public_url=url)
    send_newsletter(prepare_newsletter(written, now, ports), ports)


def ask_for_sample(system: System, town_id: str, item: Item) -> None:
    """The press office puts one before who may do everything, for the day after tomorrow. Blocking."""
    given, now = _adapters(system), datetime.now(UTC)
    town, url = given.towns.get(town_id), given.settings.public_url
    staff = [it for it in given.staff.of_town(town_id) if it.may(frozenset({Role.EDITOR}))]
    by, of = (Colleague(it.name, it.staff_id) for it in (pick(staff, key=_roles) for pick in (min, max)))
    made = fitted(draft(town, (item,), DraftOptions(), by, now, new_random()), town, url)
    given.broadcasts.create(made)
    starts_at = datetime.combine(now.astimezone(town.zone).date() + AHEAD, time(17), town.zone).astimezone(UTC)
    request = ReleaseRequest(by, now, of, starts_at)
    ask_release(made, town, request, broadcasts=given.broadcasts, links=None, public_url=url)


def _roles(one: Member) -> int:
    return len(one.roles)


def _adapters(system: System) -> Adapters:
    return Adapters(Settings.from_mapping(system.product_settings), client=system.account.client)


def _ports(system: System) -> SendPorts:
    it = _adapters(system)
    plan = PlanPorts(it.broadcasts, it.audience, it.alerts, it.deliveries, it.account_snapshots)
    return SendPorts(it.towns, plan, it.schedule, it.starter, it.settings.public_url)
