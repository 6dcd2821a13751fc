"""Teasers from the town's own feed of news: the newest stories that no newsletter had yet, cut to what fits."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from stadtdraht.domain.broadcast.broadcast import TEASER_CHARACTERS, TITLE_CHARACTERS, Item
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.text import shorten
from stadtdraht.domain.town import Mode, Town

SHORTEST_TEASER = 30
_COUNTED = re.compile(r"utm_|mtm_|pk_|piwik_|mc_|fbclid|gclid|dclid|msclkid|igshid|_hs", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜ„“\"0-9])")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story as the feed has it, as plain text in one line. updated_at: when it was changed last, where it says so."""

    title: str
    summary: str
    link: str
    published_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def opening(self) -> str:
        """Its title, or the first sentence of what it says."""
        return self.title or _SENTENCE.split(self.summary, maxsplit=1)[0]


class Unusual(StrEnum):
    """What about an entry a person should know who expects to find it in the newsletter."""

    WAITS = "waits"
    """Its date lies ahead."""
    NO_LINK = "no link"
    NO_WORDS = "no words"
    NO_TITLE = "no title"
    """Its first sentence stands for it."""


class FeedNotRead(StadtdrahtError):
    """The feed could not be read; the text says what to look at."""

    def __init__(self, address: str, says: str, code: WebTrouble, detail: str = "") -> None:
        super().__init__(f"the feed {address} {says}")
        self.address = address
        self.code = code
        self.detail = detail


class NothingNew(StadtdrahtError):
    """The feed has no story that no newsletter had. waiting: how many of its stories are dated in the future."""

    def __init__(self, town: str, waiting: int) -> None:
        wait = f"; {waiting} of its stories are dated in the future and wait" if waiting else ""
        super().__init__(f"the feed of {town} has nothing that was not in a newsletter already{wait}")
        self.town = town
        self.waiting = waiting


def items_of(
    entries: Sequence[FeedEntry], most: int, told: Collection[str], town: Town, now: datetime
) -> tuple[Item, ...]:
    """The first `most` stories whose page no link of `told` led to, newest first; of one page's stories the latest.

    Raises NothingNew.
    """
    ripe = [entry for entry in entries if _unusual(entry, now) in (None, Unusual.NO_TITLE)]
    known, fresh = {page_of(link) for link in told}, dict[str, FeedEntry]()
    for at, entry in _newest_first(ripe):
        page = page_of(entry.link)
        if page not in known and (page not in fresh or _later(entry, at) > _later(fresh[page], at)):
            fresh[page] = entry
    if not fresh:
        waiting = sum(_unusual(entry, now) is Unusual.WAITS for entry in entries)
        raise NothingNew(town.name, waiting)
    return tuple(_item(entry, town) for entry in list(fresh.values())[:most])


def unusual(entries: Sequence[FeedEntry], now: datetime) -> Iterator[tuple[FeedEntry, Unusual]]:
    """The entries that are not simply taken, in the feed's order."""
    return ((entry, what) for entry in entries if (what := _unusual(entry, now)))


def page_of(link: str) -> str:
    """What two addresses of one page have in common: without what only counts readers, names a place in it, or ends it.

    Not an address to open.
    """
    try:
        parts = urlsplit(link.strip())
        host = parts.netloc.casefold().removesuffix(":443")
    except ValueError:
        return link
    asked = "&".join(part for part in parts.query.split("&") if part and not _COUNTED.match(part))
    place = parts.fragment if parts.fragment.startswith(("!", "/")) else ""  # that is a page of its own
    return f"{host}{parts.path.rstrip('/')}?{asked}#{place}"


def shorter(items: tuple[Item, ...], over: int) -> tuple[Item, ...]:
    """The same items with teasers cut by `over` characters together, the longest first; none under SHORTEST_TEASER."""
    sizes = [len(item.teaser) for item in items]
    while over > 0 and max(sizes) > SHORTEST_TEASER:
        longest = sizes.index(max(sizes))
        sizes[longest] -= 1
        over -= 1
    return tuple(replace(item, teaser=shorten(item.teaser, size)) for item, size in zip(items, sizes, strict=True))


def _unusual(entry: FeedEntry, now: datetime) -> Unusual | None:
    if not entry.opening:
        return Unusual.NO_WORDS
    if not entry.link:
        return Unusual.NO_LINK
    if entry.published_at is not None and entry.published_at > now:
        return Unusual.WAITS
    return None if entry.title else Unusual.NO_TITLE


def _newest_first(entries: Sequence[FeedEntry]) -> list[tuple[datetime, FeedEntry]]:
    """With the moment that orders them: an entry without one stands where the feed puts it, behind the one before."""
    at = next((it.published_at for it in entries if it.published_at), datetime.min.replace(tzinfo=UTC))
    dated = []
    for entry in entries:
        at = entry.published_at or at
        dated.append((at, entry))
    return sorted(dated, key=lambda it: it[0], reverse=True)


def _later(entry: FeedEntry, at: datetime) -> datetime:
    return max(entry.updated_at or entry.published_at or at, entry.published_at or at)


def _item(entry: FeedEntry, town: Town) -> Item:
    teaser = entry.summary or entry.title
    if town.mode is Mode.ONE_WAY and "?" in teaser:
        teaser = " ".join(part for part in _SENTENCE.split(teaser) if "?" not in part) or teaser
    return Item(shorten(entry.opening, TITLE_CHARACTERS), shorten(teaser, TEASER_CHARACTERS), entry.link)
