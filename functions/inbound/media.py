"""Fetches files that citizens sent, each from a message of its own in the queue."""

from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.jobs import MediaJob
from stadtdraht.domain.media import MediaNotNow
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.fetch_media import fetch_media

log = logger("inbound-media")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """What could not be fetched now comes back alone."""
    back = [record for record in event["Records"] if not _settled(record)]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in back]}


def _settled(record: dict[str, Any]) -> bool:
    try:
        media = _fetch(MediaJob.parse(record["body"]))
    except MediaNotNow as why:
        log.warning("not now", why=str(why))
        return False
    except Exception as why:  # noqa: BLE001 - whatever it is, the neighbours go on
        log.error("fetching failed", why=where(why))  # noqa: TRY400 - an error's message may quote a citizen
        count("MediaFetchFailed")
        return False
    if media is None:
        log.info("nobody's file any more")
        return True
    log.info("fetched", town=media.town, kind=media.kind, state=media.state, why=media.why, size_bytes=media.size_bytes)
    return True


def _fetch(job: MediaJob) -> Any:
    return fetch_media(
        job.town,
        job.citizen_id,
        job.wamid,
        towns=bootstrap.towns(),
        rows=bootstrap.media_rows(),
        store=bootstrap.media_store(),
        source=bootstrap.media_source(),
        photos=bootstrap.photos(),
    )
