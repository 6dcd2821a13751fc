"""Sends a newsletter now or at its hour: first everything is checked and counted, then it goes.

In two steps, so that whoever sends it may see the plan between them; the first one changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, Item, Verb, demand
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft, released
from stadtdraht.domain.broadcast.lint import check
from stadtdraht.domain.broadcast.promise import TooOften
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile
from stadtdraht.usecases.broadcast.planning.plan_broadcast import Plan, PlanPorts, TooManyForPortfolio, plan_newsletter
from stadtdraht.usecases.broadcast.writing.release_broadcast import check_promise, promise_finding
from stadtdraht.usecases.whatsapp.check_account import check_template, troubles_of_newsletter

if TYPE_CHECKING:
    from stadtdraht.domain.whatsapp.account_problems import AccountTrouble
    from stadtdraht.domain.whatsapp.template_drift import TemplateTrouble
    from stadtdraht.ports.broadcast import Schedule, Starter
    from stadtdraht.ports.towns import Towns


class DraftNeeded(StadtdrahtError):
    """Where the town wants a second person, nobody writes and sends in one step."""

    def __init__(self, town: Town) -> None:
        super().__init__(f"{town.name} wants a second person: one writes a draft, somebody else releases it")
        self.town_id = town.id


@dataclass(frozen=True, slots=True)
class SendPorts:
    """What sending needs beside a plan."""

    towns: Towns
    plan: PlanPorts
    schedule: Schedule
    starter: Starter
    public_url: str


@dataclass(frozen=True, slots=True)
class PreparedNewsletter:
    """Checked and counted, and not yet sent."""

    broadcast: Broadcast
    town: Town
    plan: Plan
    is_stored: bool
    """Whether it was drafted before; else sending it stores it first."""


def write_newsletter(
    town: Town,
    item: Item,
    options: DraftOptions,
    by: Colleague,
    now: datetime,
    random: str,
    *,
    starts_at: datetime | None = None,
    public_url: str,
) -> Broadcast:
    """A newsletter of one story, released by who wrote it; nothing is stored. Raises NewsletterNotFit.

    random: the end of its id, as for `new_cause`.
    """
    broadcast = released(draft(town, (item,), options, by, now, random), by, now, starts_at)
    check(broadcast, town, links_in_message(broadcast, town, public_url), now)
    return broadcast


def blocked_by(
    broadcast: Broadcast, town: Town, now: datetime, ports: PlanPorts
) -> tuple[TemplateTrouble | AccountTrouble | TooOften, ...]:
    """Why it would be refused, though it fits: what Meta holds against it, and the town's promise."""
    begins_at = max(broadcast.goes_at, now)
    troubles = troubles_of_newsletter(town, broadcast.template, begins_at, snapshots=ports.snapshots)
    too_often = promise_finding(broadcast, town, begins_at, now, ports.broadcasts)
    return (*troubles, *filter(None, [too_often]))


def prepare_newsletter(
    broadcast: Broadcast, now: datetime, ports: SendPorts, *, beyond_promise: bool = False
) -> PreparedNewsletter:
    """broadcast: one that is stored and released, or one that `write_newsletter` made.

    Raises StateForbids, DraftNeeded, NewsletterNotFit for what is over meanwhile, PromiseBroken, TemplateNotAsApproved,
    TooManyForPortfolio.
    """
    town = ports.towns.get(broadcast.town)
    stored = ports.plan.broadcasts.get(broadcast.broadcast_id)
    if stored is not None:
        broadcast = stored
        demand(broadcast, Verb.SEND)
    elif town.two_person_release:
        raise DraftNeeded(town)
    check_start(broadcast, town, now, ports, beyond_promise=beyond_promise)
    check_template(town, broadcast.template, broadcast.goes_at, snapshots=ports.plan.snapshots)
    found = plan_newsletter(broadcast, town, now, ports.plan)
    if not found.portions.possible:
        raise TooManyForPortfolio(found)
    return PreparedNewsletter(broadcast, town, found, is_stored=stored is not None)


def check_start(broadcast: Broadcast, town: Town, now: datetime, ports: SendPorts, *, beyond_promise: bool) -> None:
    """Whether what has not begun may begin now, or at its hour. Raises NewsletterNotFit, PromiseBroken."""
    check(broadcast, town, links_in_message(broadcast, town, ports.public_url), now)
    if not beyond_promise:
        check_promise(broadcast, town, max(broadcast.goes_at, now), now, ports.plan.broadcasts)


def send_newsletter(prepared: PreparedNewsletter, ports: SendPorts) -> Mapping[str, object]:
    """Hands it to its hour, or to the function that starts it, whose answer is returned ({} when it has an hour).

    Raises ChangedMeanwhile when somebody did anything with it since it was prepared.
    """
    broadcast, broadcasts = prepared.broadcast, ports.plan.broadcasts
    the_id, town_id = broadcast.broadcast_id, prepared.town.id
    if not prepared.is_stored:
        broadcasts.create(broadcast)
    elif broadcasts.get(the_id) != broadcast:
        raise ChangedMeanwhile(the_id)
    if broadcast.starts_at:
        ports.schedule.at(the_id, town_id, broadcast.starts_at)
        return {}
    return ports.starter.start(town_id, the_id)
