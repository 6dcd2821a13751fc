"""Fetches files that citizens sent, each from a message of its own in the queue."""

from collections.abc import Callable, Sequence
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.adapters.aws.jobs import MediaJob
from stadtdraht.domain.media.media import Media, MediaNotNow, MediaState
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.media.fetch_media import fetch_media

log = logger("media-fetch")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """What could not be fetched now comes back alone."""
    back = unsettled(event["Records"], _fetch)
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in back]}


def unsettled(records: Sequence[dict[str, Any]], fetch: Callable[[MediaJob], Media | None]) -> list[dict[str, Any]]:
    """The records that must come back."""
    return [record for record in records if not _settled(record, fetch)]


def _settled(record: dict[str, Any], fetch: Callable[[MediaJob], Media | None]) -> bool:
    try:
        media = fetch(MediaJob.parse(record["body"]))
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
    if media.state is MediaState.FAILED:
        count("MediaGivenUp")
    log.info("fetched", town=media.town, kind=media.kind, state=media.state, why=media.why, size_bytes=media.size_bytes)
    return True


def _fetch(job: MediaJob) -> Media | None:
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
