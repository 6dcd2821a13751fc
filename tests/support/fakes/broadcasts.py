"""Broadcasts in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

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

    def recent(self, town: str, limit: int = 20, behind: Broadcast | None = None) -> Sequence[Broadcast]:
        mine = [it for it in self.found.values() if it.town == town and (not behind or _listed(it) < _listed(behind))]
        return sorted(mine, key=_listed, reverse=True)[:limit]


def _listed(broadcast: Broadcast) -> tuple[datetime, str]:
    return broadcast.created_at, broadcast.broadcast_id
