"""The door out for answers: one citizen's answers in order, each sent once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.aws.jobs import AnswerJob
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.inbound.send_answer import send_answer

log = logger("inbound-reply")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Groups side by side, each in order: after one that is not settled, the rest of its group comes back too."""
    back = bootstrap.run(unsettled(event["Records"], _settled))
    log.info("answers", settled=len(event["Records"]) - len(back), back=len(back))
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in back]}


async def unsettled(
    records: Sequence[dict[str, Any]], settle: Callable[[AnswerJob], Awaitable[bool]]
) -> list[dict[str, Any]]:
    """The records that must come back."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        groups.setdefault(record["attributes"]["MessageGroupId"], []).append(record)
    return [record for back in await asyncio.gather(*(_group(of, settle) for of in groups.values())) for record in back]


async def _group(records: list[dict[str, Any]], settle: Callable[[AnswerJob], Awaitable[bool]]) -> list[dict[str, Any]]:
    for at, record in enumerate(records):
        try:
            settled = await settle(AnswerJob.parse(record["body"]))
        except Exception as why:  # noqa: BLE001 - whatever it is, other people's answers go on
            log.error("answer failed", why=where(why))  # noqa: TRY400 - an error's message may quote a citizen
            count("AnswerFailed")
            settled = False
        if not settled:
            return records[at:]
    return []


async def _settled(job: AnswerJob) -> bool:
    return await send_answer(
        AnswerRef(job.town, job.citizen_id, job.answer_id),
        bootstrap.towns().get(job.town).number.phone_number_id,
        answers=bootstrap.answers(),
        graph=bootstrap.graph(),
        clock=lambda: datetime.now(UTC),
        wait=asyncio.sleep,
    )
