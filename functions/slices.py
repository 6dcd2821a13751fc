"""What both senders do around a slice: whose work a line of the log is about, and a slice that another still has."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools import Logger

from functions.logged import named
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.domain.errors import SliceStillRunning
from stadtdraht.usecases.delivery.protocol import SliceResult


def sent_slice(work_slice: Slice, send: Callable[[], SliceResult], log: Logger, what: str) -> SliceResult | None:
    """The result, logged as `what`; None while its owner may live: the queue brings it again after its visibility."""
    which: dict[str, Any] = {
        "town": work_slice.town,
        "cause": work_slice.cause,
        "lane": work_slice.lane,
        "seq": work_slice.seq,
    }
    try:
        with named(log, **which):
            sent = send()
    except SliceStillRunning:
        log.info("still running", **which)
        return None
    log.info(what, **which, **asdict(sent))
    return sent
