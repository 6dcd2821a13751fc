"""Port Feeds: RSS and Atom by feedparser, which forgives what real feeds get wrong."""

import calendar
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from stadtdraht.adapters.web.public_web import NotReached, PublicWeb
from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead

MOST_BYTES = 2_000_000
MOST_ENTRIES = 100
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class WebFeeds:
    """Read over the public web."""

    web: PublicWeb

    def read(self, address: str) -> Sequence[FeedEntry]:
        try:
            content = self.web.read(address, MOST_BYTES)
        except NotReached as why:
            raise FeedNotRead(f"the feed {address} {why}") from why
        return entries_of(content, address)


def entries_of(content: bytes, address: str) -> Sequence[FeedEntry]:
    """The entries of a feed's text. Raises FeedNotRead for what is no feed."""
    found = feedparser.parse(io.BytesIO(content))  # bytes alone could name a file or an address to it
    if not found.get("version"):
        raise FeedNotRead(f"{address} is neither RSS nor Atom; name the address of the feed itself, not of a page")
    return [_entry(entry) for entry in found.entries[:MOST_ENTRIES]]


def _entry(entry: Any) -> FeedEntry:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return FeedEntry(
        title=_plain(entry.get("title", "")),
        summary=_plain(entry.get("summary", "")),
        link=str(entry.get("link", "")),
        published_at=datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None,
    )


def _plain(text: str) -> str:
    """One line without tags; feedparser has already taken out scripts and the like."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
