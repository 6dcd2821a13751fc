"""Looks again at an alert's unknown outcomes, 15 s after the send and 60 s later once more."""

import asyncio
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from functions.batch import failures
from functions.logged import logged, named
from functions.refusals import ReportingGraph
from stadtdraht.adapters.aws.jobs import RecheckJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.observability import count, logger
from stadtdraht.usecases.crisis.resend_unknown import ResendPorts, ResendResult, resend_unknown
from stadtdraht.usecases.delivery.protocol import Clock

log = logger("crisis-resend")
ADAPTERS = Adapters()
A_MINUTE_LATER = 2  # number of the look; who is open after it had two tries, and nobody knows whether they are warned


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """Batch size 1: an error sends the one message back to the queue."""
    return failures(event["Records"], lambda record: _looked(RecheckJob.parse(record.get("body")), adapters), log)


def _looked(job: RecheckJob, adapters: Adapters) -> bool:
    which: dict[str, Any] = {"town": job.town, "cause": job.cause, "attempt": job.attempt}
    with named(log, **which):
        resent = adapters.run(_look(job, adapters))
    count("CrisisResent", resent.accepted)
    if job.attempt >= A_MINUTE_LATER and resent.open:
        count("CrisisStillUnknown", resent.open)
    log.info("crisis resend", **which, **asdict(resent))
    return True


async def _look(job: RecheckJob, adapters: Adapters) -> ResendResult:
    ports = ResendPorts(
        alerts=adapters.alerts,
        towns=adapters.towns,
        snapshots=adapters.account_snapshots,
        audience=adapters.audience,
        deliveries=adapters.deliveries,
        controls=adapters.controls_for(job.cause),
        recheck=adapters.recheck_queue,
        graph=ReportingGraph(adapters.graph_for(job.cause), log),
    )
    clock = Clock(now=lambda: datetime.now(UTC), monotonic_s=time.monotonic, wait=asyncio.sleep)
    return await resend_unknown(job.town, job.cause, job.citizen_ids, job.attempt, ports, clock)
