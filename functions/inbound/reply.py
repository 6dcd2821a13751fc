"""The door out for answers: one citizen's answers in order, each sent once."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.jobs import AnswerJob
from stadtdraht.domain.answer import AnswerRef
from stadtdraht.observability import logger
from stadtdraht.usecases.send_answer import send_answer

log = logger("inbound-reply")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Groups side by side, each in order: after one that is not settled, the rest of its group comes back too."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in event["Records"]:
        groups.setdefault(record["attributes"]["MessageGroupId"], []).append(record)
    back = bootstrap.run(_all(list(groups.values())))
    log.info("answers", settled=len(event["Records"]) - len(back), back=len(back))
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in back]}


async def _all(groups: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [record for back in await asyncio.gather(*map(_group, groups)) for record in back]


async def _group(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for at, record in enumerate(records):
        job = AnswerJob.parse(record["body"])
        town = bootstrap.towns().get(job.town)
        settled = await send_answer(
            AnswerRef(job.town, job.citizen_id, job.answer_id),
            town.number.phone_number_id,
            answers=bootstrap.answers(),
            graph=bootstrap.graph(),
            clock=lambda: datetime.now(UTC),
            wait=asyncio.sleep,
        )
        if not settled:
            return records[at:]
    return []
