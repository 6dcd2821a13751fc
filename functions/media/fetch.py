"""Fetches files that citizens sent, each from a message of its own in the queue."""

from collections.abc import Callable
from typing import Any

from functions.batch import Guard, Record, failures
from stadtdraht.adapters.aws.jobs import MediaJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.media.media import Media, MediaNotNow, MediaState
from stadtdraht.observability import count, logger
from stadtdraht.usecases.media.fetch_media import fetch_media

log = logger("media-fetch")
ADAPTERS = Adapters()


def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """What could not be fetched now comes back alone."""

    def fetch(job: MediaJob) -> Media | None:
        return fetch_media(
            job.town,
            job.citizen_id,
            job.wamid,
            towns=adapters.towns,
            rows=adapters.media_rows,
            store=adapters.media_store,
            source=adapters.media_source,
            photos=adapters.photos,
        )

    return failures(event["Records"], lambda record: settled(record, fetch), log)


def settled(record: Record, fetch: Callable[[MediaJob], Media | None]) -> bool:
    """Whether the file is there, or never will be."""
    with Guard(log, "fetching failed"):
        try:
            media = fetch(MediaJob.parse(record.get("body")))
        except MediaNotNow as why:
            log.warning("not now", why=str(why))
            return False
        _report(media)
        return True
    return False


def _report(media: Media | None) -> None:
    if media is None:
        log.info("nobody's file any more")
        return
    if media.state is MediaState.FAILED:
        count("MediaGivenUp")
    log.info("fetched", town=media.town, kind=media.kind, state=media.state, why=media.why, size_bytes=media.size_bytes)
