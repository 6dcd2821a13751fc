"""Port Feeds: RSS and Atom by feedparser, which forgives what real feeds get wrong."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import feedparser

from stadtdraht.adapters.web.feed_text import plain, teaser
from stadtdraht.adapters.web.public_web import NotReached, PublicWeb
from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead
from stadtdraht.domain.broadcast.links import WebTrouble

MOST_BYTES = 2_000_000
MOST_HEAD_BYTES = 4_000  # before the first element; feedparser looks for declarations there, in quadratic time
MOST_ENTRIES = 100
FIRST_YEAR = 1990  # no page is older: an earlier date is what programs write for none
MOST_LINK = 2_000  # characters
_KEPT = "%/:?#[]@!$&'()*+,;=~"
FOR_EVER = datetime(MAXYEAR, 12, 31, tzinfo=UTC)
_ELEMENT = re.compile(rb"<\w")


@dataclass(frozen=True, slots=True)
class WebFeeds:
    """Read over the public web."""

    web: PublicWeb

    def read(self, address: str, within_s: float | None = None) -> Sequence[FeedEntry]:
        try:
            content = self.web.read(address, MOST_BYTES, within_s)
        except NotReached as why:
            raise FeedNotRead(address, str(why), why.code, why.detail) from why
        return entries_of(content, address)


def entries_of(content: bytes, address: str) -> Sequence[FeedEntry]:
    """The entries of a feed's text. address: where it was read, or the name of its file. Raises FeedNotRead."""
    if len(content) > MOST_BYTES:
        raise FeedNotRead(address, f"has more than {MOST_BYTES:,} bytes", WebTrouble.TOO_LARGE, str(MOST_BYTES))
    if not (first := _ELEMENT.search(content.replace(b"\0", b""))) or first.start() > MOST_HEAD_BYTES:
        raise _no_feed(address)
    found = feedparser.parse(
        io.BytesIO(content),  # bytes alone could name a file or an address to it
        sanitize_html=False,  # what we show is plain text anyway, and its sanitizer cuts text and takes quadratic time
        resolve_relative_uris=False,
        response_headers={"content-location": address} if address.startswith("https://") else {},
    )
    if not found.get("version"):
        raise _no_feed(address)
    home = str(found.feed.get("link", ""))
    return [_entry(entry, home) for entry in found.entries[:MOST_ENTRIES]]


def _no_feed(address: str) -> FeedNotRead:
    says = "is neither RSS nor Atom; name the address of the feed itself, not of a page"
    return FeedNotRead(address, says, WebTrouble.NO_FEED)


def _entry(entry: Any, home: str) -> FeedEntry:
    published, updated = (_moment(dict.get(entry, name)) for name in ("published_parsed", "updated_parsed"))
    return FeedEntry(
        title=plain(_words(entry.get("title"))),
        summary=teaser(_words(entry.get("summary")) or _content(entry)),
        link=_whole(_words(entry.get("link")), home),
        published_at=published or updated,
        updated_at=updated,
    )


def _content(entry: Any) -> str:
    """The story itself, where there is no summary."""
    return next((text for part in entry.get("content", ()) if (text := _words(part.get("value")))), "")


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(link: str, home: str) -> str:
    """Complete, and in ASCII as RFC 3986 wants it.

    Relative to the feed's own address feedparser has resolved it already; in a file only the channel says a site.
    """
    try:
        parts = urlsplit(urljoin(home, link[:MOST_LINK]) if link else "")
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        return link
    return urlunsplit((parts.scheme, host, *(quote(part, safe=_KEPT) for part in parts[2:])))


def _moment(parsed: Any) -> datetime | None:
    """None where there is none, or no real one. One that no calendar reaches lies in the future for ever."""
    if not parsed or parsed[0] < FIRST_YEAR:
        return None
    if parsed[0] > MAXYEAR:
        return FOR_EVER
    year, month, day, hour, minute, second = parsed[:6]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
