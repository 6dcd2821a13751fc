"""Counted links: which item of which newsletter, and never whose click; nothing about a person is in one.

A code says its town, day, newsletter and item: "bocholt-20261124-4f7k2p1" is item 1 of "bocholt-n-20261124-4f7k2p".
"""

import re
from typing import NamedTuple

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.identifiers import BROADCAST
from stadtdraht.domain.town import Town

_CODE = re.compile(r"([a-z0-9-]{1,40})-(\d{8})-([a-z0-9]{6})([1-9])")
# Who opens links without being a reader: previews (WhatsApp's own fetches as facebookexternalhit too), crawlers,
# mail and link scanners, programs.
_NO_READER = re.compile(
    r"^\s*$|whatsapp|facebookexternalhit|facebookcatalog|meta-external|(?<!cu)bot\b|crawl|spider|slurp|preview|scanner|"
    r"prefetch|headless|monitor|curl|wget|python|httpx|okhttp|go-http|java/|libwww|axios|node-fetch",
    re.IGNORECASE,
)


class ItemCode(NamedTuple):
    """The item of a newsletter that a code names; items count from 1."""

    broadcast_id: str
    item: int


def item_link(broadcast: Broadcast, item: int, public_url: str) -> str:
    """The link for the message: ours, which counts and leads on. For towns that count clicks."""
    town, _, date, random = broadcast.broadcast_id.rsplit("-", 3)
    return f"{public_url}/r/{town}-{date}-{random}{item}"


def links_in_message(broadcast: Broadcast, town: Town, public_url: str) -> tuple[str, ...]:
    """The links as readers get them: counted where the town counts and our pages stand somewhere, else plain."""
    if not (town.count_clicks and public_url):
        return links_of(broadcast)
    return tuple(item_link(broadcast, item, public_url) for item in range(1, len(broadcast.items) + 1))


def read_code(code: str) -> ItemCode | None:
    """What the end of a link names; None for anything that `item_link` did not write."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    town, date, random, item = found.groups()
    return ItemCode(f"{town}-{BROADCAST}-{date}-{random}", int(item))


def links_of(broadcast: Broadcast) -> tuple[str, ...]:
    """Where the items of a newsletter lead, in their order."""
    return tuple(item.link for item in broadcast.items)


def is_reader(method: str, user_agent: str, purpose: str = "") -> bool:
    """Whether a person opens the link. `purpose`: the header Sec-Purpose or Purpose of a browser that only looks ahead.

    A program that lies about itself counts as a person: clicks are a measure, not an account.
    """
    return method == "GET" and "prefetch" not in purpose.lower() and not _NO_READER.search(user_agent)
