"""The door out for answers: one citizen's answers in order, each sent once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from functions.batch import Guard, Record, come_back
from stadtdraht.adapters.aws.jobs import AnswerJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.delivery.delivery import Halted, Refused
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.whatsapp.error_codes import WORDING_REFUSED
from stadtdraht.observability import count, logger
from stadtdraht.usecases.inbound.send_answer import send_answer

log = logger("inbound-reply")
ADAPTERS = Adapters()


def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """Groups side by side, each in order: after one that is not settled, the rest of its group comes back too."""

    async def settle(job: AnswerJob) -> bool:
        return await send_answer(
            AnswerRef(job.town, job.citizen_id, job.answer_id),
            adapters.towns.get(job.town).number.phone_number_id,
            answers=adapters.answers,
            graph=adapters.graph,
            clock=lambda: datetime.now(UTC),
            wait=asyncio.sleep,
            trouble=partial(report_trouble, job.town),
        )

    back = adapters.run(unsettled(event["Records"], settle))
    log.info("answers", settled=len(event["Records"]) - len(back), back=len(back))
    return come_back(back)


def report_trouble(town: str, outcome: Refused | Halted) -> None:
    """An answer that did not go out: without the person, whose conversation says it to staff."""
    refused = isinstance(outcome, Refused)
    log.warning("answer refused" if refused else "answer halted", town=town, code=outcome.code)
    if refused:
        count("AnswerRefused")
    if refused and outcome.code in WORDING_REFUSED:
        count("AnswerWordingRefused")


async def unsettled(records: Sequence[Record], settle: Callable[[AnswerJob], Awaitable[bool]]) -> list[Record]:
    """The records that must come back."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(str(record.get("attributes", {}).get("MessageGroupId")), []).append(record)
    back = await asyncio.gather(*(_group(group, settle) for group in groups.values()))
    return [record for group in back for record in group]


async def _group(records: list[Record], settle: Callable[[AnswerJob], Awaitable[bool]]) -> list[Record]:
    for at, record in enumerate(records):
        with Guard(log, "answer failed", "AnswerFailed"):
            if await settle(AnswerJob.parse(record.get("body"))):
                continue
        return records[at:]
    return []
