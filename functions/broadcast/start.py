"""Starts a broadcast: asked by the operator's command, or by its schedule."""

from dataclasses import asdict
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.domain.slices import Purpose
from stadtdraht.observability import count, logger
from stadtdraht.usecases.start_broadcast import start_broadcast

log = logger("broadcast-start")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    started = start_broadcast(
        event["town"],
        event["broadcast_id"],
        towns=bootstrap.towns(),
        broadcasts=bootstrap.broadcasts(),
        audience=bootstrap.audience(),
        slices=bootstrap.slices(),
        queue=bootstrap.slice_queue(Purpose.NEWSLETTER),
    )
    log.info("started", cause=event["broadcast_id"], planned=started.planned, slices=started.slices)
    count("BroadcastStarted", town=event["town"])
    return asdict(started)
