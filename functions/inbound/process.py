"""Follows new messages up: from the table's stream, and from the retry queue what failed there, or can wait."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from functions.batch import Guard, Record, TownsOfABatch, failures, seconds_for_one, time_budget
from functions.logged import logged
from stadtdraht.adapters.aws.jobs import RetryJob
from stadtdraht.adapters.aws.stream import place_from_record, town_of_undelivered, update_from_record
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain import correlation
from stadtdraht.domain.inbound.inbox import InboxPlace, InboxUpdate, UpdateKind
from stadtdraht.observability import count, error_place, logger
from stadtdraht.usecases.inbound.handle_message import QueuePorts, handle_message
from stadtdraht.usecases.inbound.load_context import InboundPorts
from stadtdraht.usecases.inbound.render_reply import ReplyContext

log = logger("inbound-process")
ADAPTERS = Adapters()


@dataclass(frozen=True, slots=True)
class Batch:
    """What the records of one invocation share, and leave for its end."""

    towns: TownsOfABatch
    told: set[str] = field(default_factory=set)
    """Towns whose staff were told that answers did not arrive."""
    second_names: list[InboxPlace] = field(default_factory=list)
    """Handed on together: a newsletter to imported numbers brings thousands, which nobody's answer may wait for."""


@logged(log)
def handler(event: dict[str, Any], context: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """A stream record that fails goes to the retry queue, so that it holds back nobody; there it may fail by itself.

    So does one that takes too long, and what is left of a batch when the function's time is nearly over.
    """
    batch = Batch(TownsOfABatch(adapters.towns))

    def settle(record: Record) -> bool:
        return _settled(record, adapters, batch, seconds_for_one(context))

    failed = failures(event["Records"], settle, log)
    if batch.second_names:
        adapters.second_names_queue.put(batch.second_names)
    return failed


def _settled(record: Record, adapters: Adapters, batch: Batch, seconds: float) -> bool:
    towns = batch.towns
    if town := town_of_undelivered(record):
        with Guard(log, "staff were not told at once", town=town):  # the clock tells them then
            if town not in batch.told:
                batch.told.add(town)
                adapters.reminders.start(town)
        return True
    if "dynamodb" in record:
        place = place_from_record(record)
        about = _about(place[0], place[3])
        if place[2] is UpdateKind.NAMES:
            batch.second_names.append(place)
            return True
        with Guard(log, "a row that cannot be read", **about):
            if seconds and _followed_up(update_from_record(record), adapters, towns, seconds):
                return True
        adapters.retry_queue.put([place])
        log.warning("put off", **about)
        return True
    job = RetryJob.parse(record.get("body"))
    stored = adapters.inbox.read(job.town, job.shard, UpdateKind(job.kind), job.key)
    if stored is None:
        log.info("gone meanwhile", **_about(job.town, job.key))
    return stored is None or (seconds > 0 and _followed_up(stored, adapters, towns, seconds))


def _about(town: str, key: str) -> dict[str, Any]:
    """Fields of every line about this update."""
    return {"town": town, "correlation": correlation.of_update(key)}


def _followed_up(update: InboxUpdate, adapters: Adapters, towns: TownsOfABatch, seconds: float) -> bool:
    pepper = adapters.secrets.pepper()
    about = _about(update.town, update.key)
    with Guard(log, "follow-up failed", "FollowUpFailed", **about), time_budget(seconds):
        done = handle_message(
            update,
            towns=towns,
            ports=ports_of(pepper, adapters),
            answers=adapters.answers,
            queues=QueuePorts(adapters.answer_queue, adapters.media_queue, adapters.erasure_queue, adapters.reminders),
            reply_context=ReplyContext(adapters.settings.public_url, adapters.data_links, datetime.now(UTC)),
            ears=adapters.ears,
        )
        if done.rule_error:
            count("RuleFailed")
            log.error("a rule failed", **about, why=error_place(done.rule_error))
        if done.wording_error:
            count("RuleFailed")
            log.error("a town's own wording failed", **about, why=error_place(done.wording_error))
        log.info("followed up", **about, answers=done.answers)
        return True
    return False


def ports_of(pepper: bytes, adapters: Adapters) -> InboundPorts:
    return InboundPorts(
        adapters.citizens,
        adapters.cases,
        adapters.contests,
        adapters.alerts,
        adapters.holds,
        adapters.inbox,
        adapters.erasures,
        adapters.consultations,
        pepper,
    )
