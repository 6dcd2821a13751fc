"""Ports of photos and files that citizens send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from stadtdraht.domain.media.media import Fetched, Media, PhotoCopies, StoredFile


class MediaRows(Protocol):
    """What is known of each file. The first row of one is stored by `Citizens.commit`, with its message."""

    def load(self, town: str, citizen_id: str, wamid: str) -> Media | None: ...
    def save(self, before: Media, after: Media) -> bool:
        """Stores `after` if `before` still stands; False when somebody was faster or the person is erased."""

    def in_trouble(self, town: str) -> Sequence[Media]:
        """Those that were tried and are not there."""

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Media]: ...


class MediaStore(Protocol):
    """The files themselves."""

    def put(self, key: str, content: bytes, content_type: str) -> None: ...
    def get(self, key: str) -> bytes | None: ...
    def keys(self, town: str, citizen_id: str) -> Sequence[str]:
        """Everything that lies there of a person."""

    def of_town(self, town: str) -> Iterator[StoredFile]:
        """Everything that lies there, person by person within each part; memory stays flat."""

    def renew(self, town: str, citizen_id: str, before: datetime) -> int:
        """The time of each file of a person that was stored before this moment begins anew; returns how many."""

    def delete(self, keys: Sequence[str]) -> None:
        """Harmless for what is gone."""

    def erase(self, town: str, citizen_id: str) -> int:
        """Deletes everything of a person; returns how many files."""

    def link(self, key: str) -> str:
        """An address for staff that opens the file without a login, for some minutes."""


class MediaSource(Protocol):
    """Files that wait at Meta."""

    def fetch(self, town: str, media_id: str, most_bytes: int) -> Fetched:
        """Asks for a fresh address each time. Raises MediaRefused, MediaLost or MediaNotNow."""


class MediaQueue(Protocol):
    """Files to fetch; putting one twice is harmless."""

    def put(self, town: str, citizen_id: str, wamid: str) -> None: ...


class Photos(Protocol):
    """Copies of a photo that others may see."""

    def copies(self, content: bytes) -> PhotoCopies:
        """Raises MediaRefused for what is no photo."""
