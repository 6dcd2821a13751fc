"""Sends one lane of an alert, at once and at the number's pace; a drill goes the same way without a wire."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from functions.batch import failures
from functions.logged import logged
from functions.refusals import ReportingGraph
from functions.slices import sent_slice
from stadtdraht.adapters.aws.jobs import slice_from_body
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.observability import count, logger
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts, SliceResult

log = logger("crisis-send")
ADAPTERS = Adapters()
LONGEST_HOLD_S = 1.0
WHO = uuid4().hex  # this process, told apart from its neighbours
clock = Clock(now=lambda: datetime.now(UTC), monotonic_s=time.monotonic, wait=asyncio.sleep)


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """Batch size 1: an error sends the one message back to the queue. A ping keeps it warm and sends nothing."""
    if event.get("ping"):
        return _pong(_hold_s(event), adapters)
    return failures(event["Records"], lambda record: _settled(slice_from_body(record.get("body")), adapters), log)


def _hold_s(event: dict[str, Any]) -> float:
    held = event.get("hold_s", 0)
    return min(held, LONGEST_HOLD_S) if isinstance(held, int | float) and held > 0 else 0.0


def _pong(hold_s: float, adapters: Adapters) -> dict[str, Any]:
    """Builds what the next warning finds ready; raises where something of it is missing. Keeps the ping for `hold_s`,
    so that others of the same moment wake other processes.
    """
    _senders("", adapters)
    ready = bool(adapters.alerts and adapters.towns and adapters.account_snapshots)
    time.sleep(hold_s)
    return {"ready": ready, "sender": WHO}


def _settled(work_slice: Slice, adapters: Adapters) -> bool:
    sent = sent_slice(work_slice, lambda: adapters.run(_send(work_slice, adapters)), log, "crisis slice")
    if sent is None:
        return False
    count("CrisisAccepted", sent.accepted)
    count("CrisisUnknown", sent.unknown)
    return True


def _senders(cause: str, adapters: Adapters) -> SenderPorts:
    return SenderPorts(
        audience=adapters.audience,
        slices=adapters.slices,
        deliveries=adapters.deliveries,
        controls=adapters.controls_for(cause) if cause else adapters.controls,
        graph=ReportingGraph(adapters.graph_for(cause) if cause else adapters.graph, log),
        queue=adapters.crisis_queue,
        recheck=adapters.recheck_queue,
    )


async def _send(work_slice: Slice, adapters: Adapters) -> SliceResult:
    return await send_alert(
        work_slice,
        alerts=adapters.alerts,
        towns=adapters.towns,
        snapshots=adapters.account_snapshots,
        senders=_senders(work_slice.cause, adapters),
        clock=clock,
    )
