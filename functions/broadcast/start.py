"""Starts a broadcast, its portion of the day or its issue of the week: asked by a command, or by its schedule."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.domain.delivery.slices import Purpose
from stadtdraht.observability import count, logger
from stadtdraht.usecases.broadcast.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.broadcast.weekly_issue import IssueResult, weekly_issue

log = logger("broadcast-start")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    issue = _issue(event["town"], event["broadcast_id"])
    if issue is not None and not issue.may_start:
        log.warning("no issue this week", cause=event["broadcast_id"], why=issue.why)
        count("WeeklyIssueWaits", town=event["town"])
        return {"planned": 0, "slices": 0}
    broadcast_id = issue.broadcast.broadcast_id if issue and issue.broadcast else event["broadcast_id"]
    ports = StartPorts(
        towns=bootstrap.towns(),
        broadcasts=bootstrap.broadcasts(),
        audience=bootstrap.audience(),
        alerts=bootstrap.alerts(),
        deliveries=bootstrap.deliveries(),
        slices=bootstrap.slices(),
        queue=bootstrap.slice_queue(Purpose.NEWSLETTER),
        schedule=bootstrap.schedule(),
        snapshots=bootstrap.account_snapshots(),
    )
    started = start_broadcast(event["town"], broadcast_id, datetime.now(UTC), ports)
    log.info("started", cause=broadcast_id, planned=started.planned, slices=started.slices)
    count("BroadcastStarted", town=event["town"])
    return asdict(started) | {"next_at": started.next_at.isoformat() if started.next_at else None}


def _issue(town: str, broadcast_id: str) -> IssueResult | None:
    """This week's issue when the broadcast is a weekly one of this town."""
    series = bootstrap.broadcasts().get(broadcast_id)
    if series is None or not series.repeat or series.town != town:
        return None
    return weekly_issue(
        series,
        bootstrap.towns().get(town),
        datetime.now(UTC),
        broadcasts=bootstrap.broadcasts(),
        feeds=bootstrap.feeds(),
        links=bootstrap.links(),
        public_url=bootstrap.settings().public_url,
    )
