"""Sends one slice of a newsletter. Batch size 1: an error sends the one message back to the queue."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from functions.batch import failures
from functions.logged import logged
from functions.refusals import ReportingGraph
from functions.slices import sent_slice
from stadtdraht.adapters.aws.jobs import slice_from_body
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.observability import count, logger
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.stop_and_resume import set_state
from stadtdraht.usecases.delivery.protocol import NEWSLETTER, Clock, EndReason, SenderPorts, SliceResult
from stadtdraht.usecases.delivery.send_slice import send_slice

log = logger("broadcast-send")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    return failures(event["Records"], lambda record: _settled(slice_from_body(record.get("body")), adapters), log)


def _settled(work_slice: Slice, adapters: Adapters) -> bool:
    sent = sent_slice(work_slice, lambda: adapters.run(_send(work_slice, adapters)), log, "slice")
    if sent is None:
        return False
    counts = {
        "NewsletterAccepted": sent.accepted,
        "NewsletterRefused": sent.refused,
        "NewsletterUnknown": sent.unknown,
    }
    for name, value in counts.items():
        if value:
            count(name, value)
    return True


async def _send(work_slice: Slice, adapters: Adapters) -> SliceResult:
    broadcast = adapters.broadcasts.get(work_slice.cause)
    if broadcast is None:
        return SliceResult(EndReason.NOTHING)
    newsletter = Newsletter(broadcast, adapters.towns.get(work_slice.town), adapters.settings.public_url)
    ports = SenderPorts(
        adapters.audience,
        adapters.slices,
        adapters.deliveries,
        adapters.controls,
        ReportingGraph(adapters.graph, log),
        adapters.newsletter_queue,
        arrivals=adapters.arrivals,
    )
    clock = Clock(lambda: datetime.now(UTC), time.monotonic, asyncio.sleep)
    sent = await send_slice(work_slice, newsletter, NEWSLETTER, ports, clock)
    if sent.halted_by:
        set_state(broadcast, BroadcastState.HALTED, adapters.broadcasts, datetime.now(UTC), sent.halted_by)
    return sent
