"""Erases people who asked for it, once the answer that confirms it has gone out.

Who is kept for a procedure waits for its end.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.aws.jobs import ErasureJob
from stadtdraht.domain.privacy.legal_hold import OnHold
from stadtdraht.domain.privacy.privacy import CITIZEN
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.legal_hold import note_wish

log = logger("privacy-erase")
WAITS_FOR_ANSWER = timedelta(minutes=10)


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """What could not be erased now comes back alone."""
    back = [record for record in event["Records"] if not _erased(ErasureJob.parse(record["body"]))]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in back]}


def _erased(job: ErasureJob) -> bool:
    now, asked_at = datetime.now(UTC), datetime.fromisoformat(job.requested_at)
    if now < asked_at + WAITS_FOR_ANSWER and bootstrap.answers().unsettled(job.town, job.citizen_id):
        return False
    try:
        proof = erase_citizen(
            job.town,
            job.citizen_id,
            by=CITIZEN,
            asked_at=asked_at,
            now=now,
            citizens=bootstrap.citizens(),
            media=bootstrap.media_store(),
            erasures=bootstrap.erasures(),
            holds=bootstrap.holds(),
            pepper=bootstrap.secrets().pepper(),
        )
    except OnHold as why:
        log.info("kept for a procedure", town=job.town)
        return note_wish(why, asked_at, bootstrap.holds())
    except Exception as why:  # noqa: BLE001 - whatever it is, the neighbours go on
        log.error("erasing failed", town=job.town, why=where(why))  # noqa: TRY400 - may quote a citizen
        count("ErasureFailed", town=job.town)
        return False
    log.info("erased", town=job.town, rows=sum(proof.rows.values()), files=proof.files)
    return True
