"""The newsletter of an id, as it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtdraht.domain.errors import StadtdrahtError

if TYPE_CHECKING:
    from stadtdraht.domain.broadcast.broadcast import Broadcast
    from stadtdraht.ports.broadcast import Broadcasts


class NoSuchBroadcast(StadtdrahtError):
    """No newsletter has this id, or not in this town."""

    def __init__(self, broadcast_id: str) -> None:
        super().__init__(f"there is no broadcast {broadcast_id}")
        self.broadcast_id = broadcast_id


class ChangedMeanwhile(StadtdrahtError):
    """Somebody else changed it at the same moment."""

    def __init__(self, broadcast_id: str) -> None:
        super().__init__(f"{broadcast_id} was changed by somebody else just now; look at it again and repeat")
        self.broadcast_id = broadcast_id


def load_broadcast(broadcast_id: str, broadcasts: Broadcasts) -> Broadcast:
    """Raises NoSuchBroadcast."""
    stored = broadcasts.get(broadcast_id)
    if stored is None:
        raise NoSuchBroadcast(broadcast_id)
    return stored


def replace_stored(before: Broadcast, after: Broadcast, broadcasts: Broadcasts) -> Broadcast:
    """Stores `after`, and returns it. Raises ChangedMeanwhile when `before` is no longer what is stored."""
    if not broadcasts.replace(before, after):
        raise ChangedMeanwhile(before.broadcast_id)
    return after
