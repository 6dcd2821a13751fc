"""Fetches files that citizens sent, each from a message of its own in the queue."""

from collections.abc import Callable, Mapping
from typing import Any

from functions.batch import Guard, Record, failures
from functions.logged import logged
from stadtdraht.adapters.aws.jobs import MediaJob
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain import correlation
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.media.media import Media, MediaNotNow, MediaState
from stadtdraht.observability import count, logger
from stadtdraht.usecases.media.fetch_media import fetch_media

log = logger("media-fetch")
ADAPTERS = Adapters()


@logged(log)
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
    job = MediaJob.parse(record.get("body"))
    about: dict[str, Any] = {"town": job.town, "correlation": correlation.of_update(message_id(job.wamid))}
    with Guard(log, "fetching failed", **about):
        try:
            media = fetch(job)
        except MediaNotNow as why:
            log.warning("not now", **about, why=str(why))
            return False
        _report(media, about)
        return True
    return False


def _report(media: Media | None, about: Mapping[str, Any]) -> None:
    if media is None:
        log.info("nobody's file any more", **about)
        return
    if media.state is MediaState.FAILED:
        count("MediaGivenUp")
    log.info("fetched", **about, kind=media.kind, state=media.state, why=media.why, size_bytes=media.size_bytes)
