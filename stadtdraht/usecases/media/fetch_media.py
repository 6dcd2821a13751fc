"""A citizen's file, from Meta to where staff can see it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.media.media import (
    LARGEST_BYTES,
    PARTS,
    PHOTOS,
    Fetched,
    Media,
    MediaKind,
    MediaLost,
    MediaNotNow,
    MediaRefused,
    MediaState,
    is_whole,
    key_of,
    type_of,
)
from stadtdraht.domain.media.voice import seconds_of

if TYPE_CHECKING:
    from stadtdraht.ports.media import MediaQueue, MediaRows, MediaSource, MediaStore, Photos
    from stadtdraht.ports.towns import Towns


def fetch_media(
    town_id: str,
    citizen_id: str,
    wamid: str,
    *,
    towns: Towns,
    rows: MediaRows,
    store: MediaStore,
    source: MediaSource,
    photos: Photos,
) -> Media | None:
    """What became of it; None when the person is erased. What its person had deleted is deleted here.

    Harmless to repeat. Raises MediaNotNow to be tried again.
    """
    media = rows.load(town_id, citizen_id, wamid)
    if media is not None and media.state is MediaState.FORGOTTEN:
        store.delete([key_of(part, media) for part in PARTS])
    if media is None or media.state is not MediaState.PENDING:
        return media
    try:
        fetched = source.fetch(town_id, media.media_id, LARGEST_BYTES[media.kind])
        if not is_whole(fetched.content, fetched.sha256):
            raise MediaNotNow("the bytes are not those that Meta named")  # noqa: TRY301 - as when they never came
        keep = towns.get(town_id).keep_original_photos
        after = _stored(media, fetched, keep_original=keep, store=store, photos=photos)
    except MediaRefused as why:
        after = media.ended(MediaState.REFUSED, why.why)
    except MediaLost as why:
        after = media.ended(MediaState.FAILED, why.why)
    except MediaNotNow:
        after = media.tried()
        if rows.save(media, after) and after.state is MediaState.PENDING:
            raise
        return rows.load(town_id, citizen_id, wamid)
    if rows.save(media, after):
        return after
    current = rows.load(town_id, citizen_id, wamid)
    if current is None or current.state is MediaState.FORGOTTEN:
        store.delete(after.keys)  # erased while we fetched: what we put must go as well
    return current


def fetch_again(town_id: str, citizen_id: str, wamid: str, *, rows: MediaRows, queue: MediaQueue) -> Media | None:
    """Somebody asks for a file that is not there; None when it is, or when nobody knows it."""
    media = rows.load(town_id, citizen_id, wamid)
    if media is None or media.state in (MediaState.STORED, MediaState.FORGOTTEN):
        return None
    again = media.again()
    if not rows.save(media, again):
        return None
    queue.put(town_id, citizen_id, wamid)
    return again


def _stored(media: Media, fetched: Fetched, *, keep_original: bool, store: MediaStore, photos: Photos) -> Media:
    """Photos as copies that others may see, everything else as it came."""
    found = type_of(media.kind, fetched.content)
    after = replace(
        media,
        state=MediaState.STORED,
        why=None,
        said_type=fetched.said_type,
        type=found,
        size_bytes=len(fetched.content),
        sha256=hashlib.sha256(fetched.content).hexdigest(),
        shown=key_of("shown", media),
        seconds=seconds_of(fetched.content) if media.kind is MediaKind.AUDIO else 0,
        attempts=media.attempts + 1,
    )
    if found not in PHOTOS:
        store.put(after.shown, fetched.content, found)
        return after
    copies = photos.copies(fetched.content)
    after = replace(after, thumbnail=key_of("thumbnail", media))
    store.put(after.shown, copies.shown, "image/jpeg")
    store.put(after.thumbnail, copies.thumbnail, "image/jpeg")
    if keep_original:
        after = replace(after, original=key_of("original", media))
        store.put(after.original, fetched.content, found)
    return after
