"""Erases people who asked for it, once the answer that confirms it has gone out.

Who is kept for a procedure waits for its end.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from functions.batch import Guard, failures
from functions.logged import logged
from stadtdraht.adapters.aws.jobs import ErasureJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain import correlation
from stadtdraht.domain.privacy.legal_hold import OnHold
from stadtdraht.domain.privacy.privacy import CITIZEN
from stadtdraht.observability import logger
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.legal_hold import note_wish

log = logger("privacy-erase")
ADAPTERS = Adapters()
WAITS_FOR_ANSWER = timedelta(minutes=10)


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """What could not be erased now comes back alone."""
    return failures(event["Records"], lambda record: _erased(ErasureJob.parse(record.get("body")), adapters), log)


def _erased(job: ErasureJob, adapters: Adapters) -> bool:
    now, asked_at = datetime.now(UTC), datetime.fromisoformat(job.requested_at)
    about: dict[str, Any] = {"town": job.town, "correlation": correlation.of_erasure(job.citizen_id)}
    if now < asked_at + WAITS_FOR_ANSWER and adapters.answers.unsettled(job.town, job.citizen_id):
        log.info("waits for the last answer", **about)
        return False
    with Guard(log, "erasing failed", **about):
        try:
            proof = erase_citizen(
                job.town,
                job.citizen_id,
                by=CITIZEN,
                asked_at=asked_at,
                now=now,
                citizens=adapters.citizens,
                media=adapters.media_store,
                erasures=adapters.erasures,
                holds=adapters.holds,
                pepper=adapters.secrets.pepper(),
            )
        except OnHold as why:
            log.info("kept for a procedure", **about)
            return note_wish(why, asked_at, adapters.holds)
        log.info("erased", **about, rows=sum(proof.rows.values()), files=proof.files)
        return True
    return False
