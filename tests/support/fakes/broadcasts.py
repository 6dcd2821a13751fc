"""Broadcasts in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.broadcast.broadcast import Broadcast


@dataclass
class FakeBroadcasts:
    found: dict[str, Broadcast] = field(default_factory=dict)

    def create(self, broadcast: Broadcast) -> bool:
        return self.found.setdefault(broadcast.broadcast_id, broadcast) is broadcast

    def get(self, broadcast_id: str) -> Broadcast | None:
        return self.found.get(broadcast_id)

    def replace(self, before: Broadcast, after: Broadcast) -> bool:
        if self.found.get(before.broadcast_id) != before:
            return False
        self.found[after.broadcast_id] = after
        return True

    def recent(self, town: str, limit: int = 20) -> Sequence[Broadcast]:
        mine = [broadcast for broadcast in self.found.values() if broadcast.town == town]
        return sorted(mine, key=lambda broadcast: broadcast.created_at, reverse=True)[:limit]
