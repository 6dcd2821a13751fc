"""Port Inbox in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.delivery.delivery import StatusReport
from stadtdraht.domain.inbound.inbox import NOT_ACTED_ON, InboxUpdate, UpdateKind


@dataclass
class FakeInbox:
    """`fails` stands for a table that cannot be written now."""

    updates: dict[tuple[str, str, UpdateKind, str], InboxUpdate] = field(default_factory=dict)
    statuses: list[tuple[str, StatusReport]] = field(default_factory=list)
    orphans: list[InboxUpdate] = field(default_factory=list)
    forgotten: list[InboxUpdate] = field(default_factory=list)
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
        self.statuses = list(dict.fromkeys([*self.statuses, *statuses]))  # each once, also within one envelope
        self.orphans = list(dict.fromkeys([*self.orphans, *orphans]))

    def read(self, town: str, shard: str, kind: UpdateKind, key: str) -> InboxUpdate | None:
        return self.updates.get((town, shard, kind, key))

    def since(self, town: str, at: datetime) -> Iterator[InboxUpdate]:
        return (it for it in self.updates.values() if it.town == town and it.kind not in NOT_ACTED_ON and it.at >= at)

    def forget(self, update: InboxUpdate) -> None:
        self.updates.pop((update.town, update.shard, update.kind, update.key), None)
        self.forgotten.append(update)
