"""Watches the towns' accounts at Meta: every town at night, and one town at once when Meta sent an event about it.

An event is only a reason to look: what holds is what Meta says when asked, in whatever order events arrive. What it
cannot be asked for (a restriction, a ban, a category to come) is kept as told, with the time of the event.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.whatsapp.account_events import Matter, Notice, notices_of
from stadtdraht.domain.whatsapp.template_drift import template_troubles
from stadtdraht.usecases.whatsapp.check_account import take_account_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from stadtdraht.domain.inbound.inbox import InboxUpdate
    from stadtdraht.domain.town import Town
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.whatsapp import AccountOf, AccountSnapshots

REASONS_TO_LOOK: Final = frozenset(
    {
        "account_alerts",
        "account_update",
        "business_capability_update",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "phone_number_quality_update",
        "template_category_update",
    }
)
HARMLESS: Final = frozenset({"PIN_REQUEST_SUCCESS"})  # follows from a request that was told before
LONGEST_EVENT = 40  # characters of the name of an event


@dataclass(frozen=True, slots=True)
class WatchPorts:
    """What a watch reads, and where it keeps what it found."""

    account_of: AccountOf
    snapshots: AccountSnapshots
    audience: Audience


@dataclass(frozen=True, slots=True)
class Incident:
    """Something of a town's account that belongs into the log."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    metric: str = ""
    """The metric to add to, so that an alarm wakes somebody; "": none."""
    is_trouble: bool = False
    """Whether a look at Meta found it, or Meta could not be read."""


def watch_events(
    updates: Iterable[InboxUpdate], towns: Iterable[Town], now: datetime, ports: WatchPorts
) -> Iterator[Incident]:
    """Keeps what the events tell, and looks at each town that one of them is about; ignores accounts of nobody."""
    known = {town.id: town for town in towns}
    to_look_at = set()
    for update in updates:
        name, value = _told(update.raw)
        yield from _security(update, name, value)
        if update.town in known:
            yield from _keep(notices_of(name, value, update.at), known[update.town], ports)
            to_look_at |= {update.town} if name in REASONS_TO_LOOK else set()
    yield from watch_towns([known[town_id] for town_id in sorted(to_look_at)], now, ports)


def _told(raw: str) -> tuple[str, Any]:
    """The field of an event and its value; of a form that is not known, nothing. It stays in its row as it came."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        told = None
    return (str(told.get("field", "")), told.get("value")) if isinstance(told, dict) else ("", None)


def watch_towns(towns: Iterable[Town], now: datetime, ports: WatchPorts) -> Iterator[Incident]:
    """Looks at each town's account at Meta; one that cannot be read holds back no other."""
    for town in towns:
        try:
            account = ports.account_of(town.id)
            snapshot = take_account_snapshot(
                town, now, account=account, snapshots=ports.snapshots, audience=ports.audience
            )
        except StadtdrahtError as why:
            facts = {"town": town.id, "why": type(why).__name__, "code": getattr(why, "code", None)}
            yield Incident("Meta cannot be read", facts, "MetaNotReadable", is_trouble=True)
            continue
        troubles = template_troubles(town, snapshot)
        metric = "CrisisTemplateTrouble" if any(it.crisis for it in troubles) else "TemplateTrouble"
        for it in troubles:
            facts = {"town": town.id, "trouble": str(it), "crisis": it.crisis}
            yield Incident("template trouble", facts, metric if it is troubles[0] else "", is_trouble=True)


def _security(update: InboxUpdate, name: str, value: Any) -> Iterator[Incident]:
    """Somebody asks for the number's PIN, or changed it: only the event says so, no look at Meta does."""
    event = str(value.get("event", ""))[:LONGEST_EVENT] if isinstance(value, dict) else None
    if name == "security" and event is not None and event not in HARMLESS:
        yield Incident("security of the number", {"town": update.town, "event": event}, "NumberSecurity")


def _keep(notices: tuple[Notice, ...], town: Town, ports: WatchPorts) -> Iterator[Incident]:
    """A restriction, a ban, a category to come: the event is all that Meta says of it."""
    ports.snapshots.add_notices(town.id, notices)
    for it in notices:
        facts = {"town": town.id, "matter": str(it.matter), "found": it.found, "over": it.over}
        yield Incident("told by Meta", facts, "" if it.over else _metric_of(it, town))


def _metric_of(notice: Notice, town: Town) -> str:
    if notice.matter is not Matter.CATEGORY:
        return "AccountTrouble"
    crisis = notice.subject.partition(" ")[0] in town.crisis_templates
    return "CrisisTemplateTrouble" if crisis else "TemplateTrouble"
