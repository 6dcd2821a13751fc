"""Starts a broadcast, its portion of the day or its issue of the week: asked by a command, or by its schedule."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from functions.asked import named
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.observability import count, logger
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.broadcast.writing.weekly_issue import IssueResult, weekly_issue

log = logger("broadcast-start")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    town, asked_for = named(event, "town"), named(event, "broadcast_id")
    issue = _issue(town, asked_for, adapters)
    if issue is not None and not issue.may_start:
        log.warning("no issue this week", town=town, cause=asked_for, why=issue.why)
        count("WeeklyIssueWaits")
        return {"planned": 0, "slices": 0}
    broadcast_id = issue.broadcast.broadcast_id if issue and issue.broadcast else asked_for
    started = start_broadcast(town, broadcast_id, datetime.now(UTC), _ports(adapters))
    log.info("started", town=town, cause=broadcast_id, planned=started.planned, slices=started.slices)
    return asdict(started) | {"next_at": started.next_at.isoformat() if started.next_at else None}


def _ports(adapters: Adapters) -> StartPorts:
    return StartPorts(
        towns=adapters.towns,
        broadcasts=adapters.broadcasts,
        audience=adapters.audience,
        alerts=adapters.alerts,
        deliveries=adapters.deliveries,
        slices=adapters.slices,
        queue=adapters.newsletter_queue,
        schedule=adapters.schedule,
        snapshots=adapters.account_snapshots,
    )


def _issue(town: str, broadcast_id: str, adapters: Adapters) -> IssueResult | None:
    """This week's issue when the broadcast is a weekly one of this town."""
    series = adapters.broadcasts.get(broadcast_id)
    if series is None or not series.repeat or series.town != town:
        return None
    return weekly_issue(
        series,
        adapters.towns.get(town),
        datetime.now(UTC),
        broadcasts=adapters.broadcasts,
        feeds=adapters.feeds,
        links=adapters.links,
        public_url=adapters.settings.public_url,
    )
