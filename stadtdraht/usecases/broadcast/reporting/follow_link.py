"""A click on an item of a newsletter: where it leads, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.clicks import ItemCode, links_of, read_code
from stadtdraht.domain.errors import UnknownTown

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class FollowLinkResult:
    """Where a click leads."""

    code: ItemCode
    link: str
    """The item's own, as the town wrote it."""
    counts: bool
    """Whether a reader's click is to be counted."""


def follow_link(code: str, *, broadcasts: Broadcasts, towns: Towns) -> FollowLinkResult | None:
    """None for everything that is no item of a newsletter of a town of ours: this door leads nowhere else.

    Clicks before the start are test readers among staff; they are led on and not counted.
    """
    named = read_code(code)
    broadcast = broadcasts.get(named.broadcast_id) if named else None
    if named is None or broadcast is None or named.item > len(links_of(broadcast)):
        return None
    try:
        town = towns.get(broadcast.town)
    except UnknownTown:
        return None
    return FollowLinkResult(
        named, links_of(broadcast)[named.item - 1], counts=town.count_clicks and broadcast.lanes > 0
    )
