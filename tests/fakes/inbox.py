"""Port Inbox in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.delivery import StatusReport
from stadtdraht.domain.inbox import InboxUpdate, UpdateKind


@dataclass
class FakeInbox:
    """`fails` stands for a table that cannot be written now."""

    updates: dict[tuple[str, str, UpdateKind, str], InboxUpdate] = field(default_factory=dict)
    statuses: list[tuple[str, StatusReport]] = field(default_factory=list)
    orphans: list[InboxUpdate] = field(default_factory=list)
    fails: bool = False

    def store(
        self,
        updates: Sequence[InboxUpdate],
        statuses: Sequence[tuple[str, StatusReport]],
        orphans: Sequence[InboxUpdate],
    ) -> None:
        if self.fails:
            raise RuntimeError("not durable")
        self.updates |= {(it.town, it.shard, it.kind, it.key): it for it in updates}
        self.statuses += [it for it in statuses if it not in self.statuses]
        self.orphans += [it for it in orphans if it not in self.orphans]

    def read(self, town: str, shard: str, kind: UpdateKind, key: str) -> InboxUpdate | None:
        return self.updates.get((town, shard, kind, key))
