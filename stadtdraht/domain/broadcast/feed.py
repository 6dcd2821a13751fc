"""Teasers from the town's own feed of news: the newest stories that no newsletter had yet, cut to what fits."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stadtdraht.domain.broadcast.broadcast import TEASER_CHARACTERS, TITLE_CHARACTERS, Item
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Mode, Town

SHORTEST_TEASER = 30
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜ„“\"0-9])")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story as the feed has it, as plain text in one line."""

    title: str
    summary: str
    link: str
    published_at: datetime | None = None


class FeedNotRead(StadtdrahtError):
    """The feed could not be read; the text says what to look at."""


class NothingNew(StadtdrahtError):
    """The feed has no story that no newsletter had."""


def items_of(entries: Sequence[FeedEntry], most: int, told: Collection[str], town: Town) -> tuple[Item, ...]:
    """The first `most` entries with a text and a link that was not told yet; newest first where all have a date.

    Raises NothingNew.
    """
    dated = [entry for entry in entries if entry.published_at is not None]
    if len(dated) == len(entries):
        entries = sorted(dated, key=lambda it: it.published_at.timestamp() if it.published_at else 0, reverse=True)
    fresh = {it.link: it for it in entries if it.title and it.link and it.link not in told}
    if not fresh:
        raise NothingNew(f"the feed of {town.name} has nothing that was not in a newsletter already")
    return tuple(_item(entry, town) for entry in list(fresh.values())[:most])


def shorter(items: tuple[Item, ...], over: int) -> tuple[Item, ...]:
    """The same items with teasers cut by `over` characters together, the longest first; none under SHORTEST_TEASER."""
    sizes = [len(item.teaser) for item in items]
    while over > 0 and max(sizes) > SHORTEST_TEASER:
        longest = sizes.index(max(sizes))
        sizes[longest] -= 1
        over -= 1
    return tuple(replace(item, teaser=cut(item.teaser, size)) for item, size in zip(items, sizes, strict=True))


def cut(text: str, most: int) -> str:
    """The text, or as many whole words as fit with an ellipsis behind them."""
    if len(text) <= most:
        return text
    words = text[:most].rsplit(maxsplit=1)[0] if " " in text[:most] else text[: most - 1]
    while len(words) + 2 > most and " " in words:
        words = words.rsplit(maxsplit=1)[0]
    return f"{words.rstrip(' ,;:–-')[: most - 2]} …"


def _item(entry: FeedEntry, town: Town) -> Item:
    teaser = entry.summary or entry.title
    if town.mode is Mode.ONE_WAY and "?" in teaser:
        teaser = " ".join(part for part in _SENTENCE.split(teaser) if "?" not in part) or teaser
    return Item(cut(entry.title, TITLE_CHARACTERS), cut(teaser, TEASER_CHARACTERS), entry.link)
