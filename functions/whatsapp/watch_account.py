"""Looks at Meta for every town: at night, and at once for a town that Meta sent an event about.

An event is only a reason to look: what holds is what Meta says when asked, in whatever order events arrive. What it
cannot be asked (a restriction, a ban, a category to come) is kept as told, with the time of the event.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.dynamodb.inbound.inbox import update_of
from stadtdraht.adapters.dynamodb.table import from_item
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.inbox import InboxUpdate
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account_events import Matter, Notice, notices_of
from stadtdraht.domain.whatsapp.template_drift import template_troubles
from stadtdraht.observability import count, logger
from stadtdraht.usecases.whatsapp.check_account import take_account_snapshot

log = logger("whatsapp-watch-account")
ABOUT = frozenset(
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


HARMLESS = {"PIN_REQUEST_SUCCESS"}  # of the field "security": what follows from a request that was told before


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    towns = _told_about(event["Records"]) if "Records" in event else bootstrap.towns().all()
    return {"troubles": sum(_look(town) for town in towns)}


def _told_about(records: Sequence[dict[str, Any]]) -> list[Town]:
    """Towns that an event is about, each once; nothing for events of other kinds or of nobody's account."""
    known = {town.id: town for town in bootstrap.towns().all()}
    updates = [update_of(from_item(record["dynamodb"]["NewImage"])) for record in records]
    for update in updates:
        _tell_of_security(update)
        if update.town in known:
            _keep_what_is_told(update, known[update.town])
    named = {update.town for update in updates if json.loads(update.raw).get("field") in ABOUT}
    return [known[town] for town in sorted(named & known.keys())]


def _tell_of_security(update: InboxUpdate) -> None:
    """Somebody asks for the number's PIN, or changed it: only the event says so, no look at Meta does."""
    told = json.loads(update.raw)
    value = told.get("value")
    if told.get("field") != "security" or not isinstance(value, dict) or value.get("event") in HARMLESS:
        return
    log.warning("security of the number", town=update.town, event=str(value.get("event", ""))[:40])
    count("NumberSecurity")


def _keep_what_is_told(update: InboxUpdate, town: Town) -> None:
    """A restriction, a ban, a category to come: the event is all that Meta says of it."""
    told = json.loads(update.raw)
    notices = notices_of(str(told.get("field", "")), told.get("value"), update.at)
    bootstrap.account_snapshots().tell(town.id, notices)
    for notice in notices:
        log.warning("told by Meta", town=town.id, matter=str(notice.matter), found=notice.found, over=notice.over)
        if not notice.over:
            count(_metric_of(notice, town))


def _metric_of(notice: Notice, town: Town) -> str:
    if notice.matter is not Matter.CATEGORY:
        return "AccountTrouble"
    crisis = notice.subject.partition(" ")[0] in town.crisis_templates
    return "CrisisTemplateTrouble" if crisis else "TemplateTrouble"


def _look(town: Town) -> int:
    """One town that cannot be read holds back no other."""
    try:
        snapshot = take_account_snapshot(
            town,
            datetime.now(UTC),
            account=bootstrap.account(town.id),
            snapshots=bootstrap.account_snapshots(),
            audience=bootstrap.audience(),
        )
        troubles = template_troubles(town, snapshot)
    except StadtdrahtError as why:
        log.warning("Meta cannot be read", town=town.id, why=type(why).__name__, code=getattr(why, "code", None))
        count("MetaNotReadable")
        return 1
    for trouble in troubles:
        log.warning("template trouble", town=town.id, trouble=str(trouble), crisis=trouble.crisis)
    if troubles:
        count("CrisisTemplateTrouble" if any(it.crisis for it in troubles) else "TemplateTrouble")
    return len(troubles)
