"""Sends one lane of an alert, at once and at the number's pace; a drill goes the same way without a wire."""

import asyncio
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from stadtdraht import bootstrap
from stadtdraht.adapters.aws.jobs import slice_from_body
from stadtdraht.domain.delivery.slices import Purpose, Slice
from stadtdraht.domain.errors import SliceStillRunning
from stadtdraht.observability import count, logger
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts, SliceResult

log = logger("crisis-send")
WHO = uuid4().hex  # this process, told apart from its neighbours
clock = Clock(now=lambda: datetime.now(UTC), monotonic_s=time.monotonic, wait=asyncio.sleep)


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Batch size 1: an error sends the one message back to the queue. A ping keeps it warm and sends nothing."""
    if event.get("ping"):
        return _answer(float(event.get("hold_s", 0)))
    for record in event["Records"]:
        work_slice = slice_from_body(record["body"])
        try:
            sent = bootstrap.run(_send(work_slice))
        except SliceStillRunning:  # its owner may live; the queue brings it again after its visibility
            log.info("still running", town=work_slice.town, cause=work_slice.cause, lane=work_slice.lane)
            return {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
        count("CrisisAccepted", sent.accepted)
        count("CrisisUnknown", sent.unknown)
        log.info("crisis slice", town=work_slice.town, cause=work_slice.cause, lane=work_slice.lane, **asdict(sent))
    return {"batchItemFailures": []}


def _answer(hold_s: float) -> dict[str, Any]:
    """Builds what the next warning finds ready; raises where something of it is missing. Keeps the ping for `hold_s`,
    so that others of the same moment wake other processes.
    """
    _senders("")
    ready = bool(bootstrap.alerts() and bootstrap.towns() and bootstrap.account_snapshots())
    time.sleep(hold_s)
    return {"ready": ready, "sender": WHO}


def _senders(cause: str) -> SenderPorts:
    return SenderPorts(
        audience=bootstrap.audience(),
        slices=bootstrap.slices(),
        deliveries=bootstrap.deliveries(),
        controls=bootstrap.controls_for(cause) if cause else bootstrap.controls(),
        graph=bootstrap.graph_for(cause) if cause else bootstrap.graph(),
        queue=bootstrap.slice_queue(Purpose.CRISIS),
        recheck=bootstrap.recheck_queue(),
    )


async def _send(work_slice: Slice) -> SliceResult:
    senders = _senders(work_slice.cause)
    return await send_alert(
        work_slice,
        alerts=bootstrap.alerts(),
        towns=bootstrap.towns(),
        snapshots=bootstrap.account_snapshots(),
        senders=senders,
        clock=clock,
    )
