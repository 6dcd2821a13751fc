"""The public web in memory: a feed, and pages that answer or do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead


@dataclass
class FakeFeeds:
    entries: Sequence[FeedEntry] | None = None

    def read(self, address: str) -> Sequence[FeedEntry]:
        if self.entries is None:
            raise FeedNotRead(f"the feed {address} answers 500, not 200")
        return self.entries


@dataclass
class FakeLinks:
    troubles: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def trouble(self, address: str) -> str:
        self.asked.append(address)
        return self.troubles.get(address, "")
