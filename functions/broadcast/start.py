"""Starts a broadcast, or its portion of the day: asked by the operator's command, or by its schedule."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.domain.slices import Purpose
from stadtdraht.observability import count, logger
from stadtdraht.usecases.start_broadcast import Start, start_broadcast

log = logger("broadcast-start")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    ports = Start(
        towns=bootstrap.towns(),
        broadcasts=bootstrap.broadcasts(),
        audience=bootstrap.audience(),
        alerts=bootstrap.alerts(),
        deliveries=bootstrap.deliveries(),
        slices=bootstrap.slices(),
        queue=bootstrap.slice_queue(Purpose.NEWSLETTER),
        schedule=bootstrap.schedule(),
        standings=bootstrap.standings(),
    )
    started = start_broadcast(event["town"], event["broadcast_id"], datetime.now(UTC), ports)
    log.info("started", cause=event["broadcast_id"], planned=started.planned, slices=started.slices)
    count("BroadcastStarted", town=event["town"])
    return asdict(started) | {"next_at": started.next_at.isoformat() if started.next_at else None}
