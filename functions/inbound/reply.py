"""The door out for answers: one citizen's answers in order, each sent once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from functions.batch import Guard, Record, TownsOfABatch, come_back
from functions.logged import logged
from functions.refusals import KINDS, report_refusal
from stadtdraht.adapters.aws.jobs import AnswerJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import Accepted, Refused, SendOutcome
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.answer import AnswerRef, Settled, Wait
from stadtdraht.domain.whatsapp.error_codes import WORDING_REFUSED
from stadtdraht.observability import count, logger
from stadtdraht.usecases.inbound.send_answer import send_answer

log = logger("inbound-reply")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """Groups side by side, each in order: after one that is not settled, the rest of its group comes back too."""
    towns = TownsOfABatch(adapters.towns)

    async def settle(job: AnswerJob) -> bool:
        return await send_answer(
            job.ref,
            towns.get(job.town).number.phone_number_id,
            answers=adapters.answers,
            graph=adapters.graph,
            clock=lambda: datetime.now(UTC),
            wait=asyncio.sleep,
            tell=partial(report, job.ref),
        )

    return come_back(adapters.run(unsettled(event["Records"], settle)))


def report(ref: AnswerRef, end: SendOutcome | Settled | Wait) -> None:
    """What became of an answer: without the person, whose conversation says it to staff."""
    about = _about(ref)
    match end:
        case Accepted(wamid):
            log.info("answer sent", **about, sent_as=correlation.sent_as(message_id(wamid)))
        case Settled() | Wait():
            log.info("answer settled before" if isinstance(end, Settled) else "answer waits", **about)
        case _:
            report_refusal(log, f"answer {KINDS[type(end)]}", end, **about)
    if isinstance(end, Refused):
        count("AnswerRefused")
        if end.code in WORDING_REFUSED:
            count("AnswerWordingRefused")


def _about(ref: AnswerRef) -> dict[str, Any]:
    """Fields of every line about this answer."""
    return {"town": ref.town, "correlation": correlation.of_delivery(ref.cause, ref.citizen_id)}


async def unsettled(records: Sequence[Record], settle: Callable[[AnswerJob], Awaitable[bool]]) -> list[Record]:
    """The records that must come back."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(str(record.get("attributes", {}).get("MessageGroupId")), []).append(record)
    back = await asyncio.gather(*(_group(group, settle) for group in groups.values()))
    return [record for group in back for record in group]


async def _group(records: list[Record], settle: Callable[[AnswerJob], Awaitable[bool]]) -> list[Record]:
    for at, record in enumerate(records):
        with Guard(log, "a record that is none of ours"):
            job = AnswerJob.parse(record.get("body"))
            with Guard(log, "answer failed", "AnswerFailed", **_about(job.ref)):
                if await settle(job):
                    continue
        for later in records[at + 1 :]:
            with Guard(log, "a record that is none of ours"):
                log.info("answer waits for the one before", **_about(AnswerJob.parse(later.get("body")).ref))
        return records[at:]
    return []
