"""Port MediaSource on the Graph API: look up a fresh address, then read it. Source: Meta, Media, 2026-09-11.

The address comes from an answer, so it is followed only to Meta's own host: the town's token goes along.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from stadtdraht.domain.errors import NoSecret
from stadtdraht.domain.media.media import Fetched, MediaFailure, MediaLost, MediaNotNow, MediaRefused

if TYPE_CHECKING:
    from stadtdraht.ports.towns import Secrets

META_HOST = "lookaside.fbsbx.com"
CONNECT_S, READ_S = 3.0, 20.0
WITHIN_S = 90.0  # however slowly it drips; shorter than the address lives and the function runs
UNAUTHORIZED = 401
GONE = frozenset({400, 404})  # of a look-up: the id is older than 7 days, or was deleted
AGENT = "Stadtdraht"  # the host refuses some clients without a name


def _client() -> httpx.Client:
    return httpx.Client(
        timeout=httpx.Timeout(READ_S, connect=CONNECT_S), follow_redirects=False, headers={"User-Agent": AGENT}
    )


@dataclass(slots=True)
class GraphMedia:
    """`seconds` is a clock that only runs forward."""

    secrets: Secrets
    url: str
    version: str
    http: httpx.Client = field(default_factory=_client)
    seconds: Callable[[], float] = time.monotonic

    def fetch(self, town: str, media_id: str, most_bytes: int) -> Fetched:
        token = self._token(town)
        found = self._look_up(media_id, token)
        if found.status_code == UNAUTHORIZED:  # the token may just have been renewed
            token = self._token(town, fresh=True)
            found = self._look_up(media_id, token)
        if found.status_code in GONE:
            raise MediaLost(MediaFailure.GONE)
        try:
            value = found.raise_for_status().json()
            address, said_type, sha256 = str(value["url"]), str(value.get("mime_type", "")), str(value["sha256"])
            said_bytes = int(value.get("file_size") or 0)
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError, AttributeError) as why:
            raise MediaNotNow(f"look-up: http {found.status_code}") from why
        if said_bytes > most_bytes:
            raise MediaRefused(MediaFailure.TOO_LARGE)
        if not self._is_meta_s(address):
            raise MediaLost(MediaFailure.FOREIGN_ADDRESS)
        return Fetched(self._read(address, token, most_bytes), said_type, sha256)

    def _token(self, town: str, *, fresh: bool = False) -> str:
        try:
            return self.secrets.access_token(town, fresh=fresh)
        except NoSecret as why:
            raise MediaNotNow("the town has no token") from why

    def _look_up(self, media_id: str, token: str) -> httpx.Response:
        if not media_id.isdigit():  # it stands in a path
            raise MediaLost(MediaFailure.GONE)
        with _told():
            return self.http.get(f"{self.url}/{self.version}/{media_id}", headers=_bearer(token))

    def _is_meta_s(self, address: str) -> bool:
        try:
            asked, ours = httpx.URL(address), httpx.URL(self.url)
        except httpx.InvalidURL:
            return False
        if asked.userinfo:
            return False
        same_as_graph = (asked.scheme, asked.host, asked.port) == (ours.scheme, ours.host, ours.port)
        return same_as_graph or (asked.scheme, asked.host, asked.port) == ("https", META_HOST, None)

    def _read(self, address: str, token: str, most_bytes: int) -> bytes:
        content, end = bytearray(), self.seconds() + WITHIN_S
        with _told(), self.http.stream("GET", address, headers=_bearer(token)) as answer:
            if answer.is_redirect:
                raise MediaLost(MediaFailure.FOREIGN_ADDRESS)
            if not answer.is_success:  # 404: the address was too old; the next try gets a fresh one
                raise MediaNotNow(f"download: http {answer.status_code}")
            for part in answer.iter_bytes():
                content += part
                if len(content) > most_bytes:
                    raise MediaRefused(MediaFailure.TOO_LARGE)
                if self.seconds() > end:
                    raise MediaNotNow("download: too slow")
        return bytes(content)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def _told() -> Iterator[None]:
    """What the network does to us, without the address: it opens the file for five minutes."""
    try:
        yield
    except httpx.HTTPError as why:
        raise MediaNotNow(type(why).__name__) from None
