"""Follows new messages up: from the table's stream, and again from the retry queue what failed there."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.aws.jobs import RetryJob
from stadtdraht.adapters.aws.stream import update_from_record
from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.inbound.handle_message import Handing, follow_up
from stadtdraht.usecases.inbound.load_context import Sources
from stadtdraht.usecases.inbound.render_reply import Wording

log = logger("inbound-process")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """A stream record that fails goes to the retry queue, so that it holds back nobody; there it may fail by itself."""
    failed: list[dict[str, str]] = []
    for record in event["Records"]:
        if "dynamodb" in record:
            update = update_from_record(record)
            _tried(update, partial(bootstrap.retry_queue().put, update))
        else:
            job = RetryJob.parse(record["body"])
            stored = bootstrap.inbox().read(job.town, job.shard, UpdateKind(job.kind), job.key)
            if stored:
                _tried(stored, partial(failed.append, {"itemIdentifier": record["messageId"]}))
    return {"batchItemFailures": failed}


def _sources(pepper: bytes) -> Sources:
    return Sources(
        bootstrap.citizens(), bootstrap.cases(), bootstrap.contests(), bootstrap.alerts(), bootstrap.holds(), pepper
    )


def _tried(update: InboxUpdate, otherwise: Callable[[], None]) -> None:
    pepper = bootstrap.secrets().pepper()
    try:
        answers = follow_up(
            update,
            towns=bootstrap.towns(),
            sources=_sources(pepper),
            answers=bootstrap.answers(),
            hand=Handing(bootstrap.answer_queue(), bootstrap.media_queue(), bootstrap.erasure_queue()),
            wording=Wording(bootstrap.settings().public_url, bootstrap.data_links(), datetime.now(UTC)),
        )
    except Exception as why:  # noqa: BLE001 - whatever it is, the neighbours go on
        log.error("follow-up failed", town=update.town, update=keyed_hash(pepper, update.key), why=where(why))  # noqa: TRY400
        count("FollowUpFailed", town=update.town)
        otherwise()
        return
    log.info("followed up", town=update.town, update=keyed_hash(pepper, update.key), answers=answers)
