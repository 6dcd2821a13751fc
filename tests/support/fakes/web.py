"""The public web in memory: a feed, and pages that answer or do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead
from stadtdraht.domain.broadcast.links import LinkAnswer


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

    def answer(self, address: str, within_s: float) -> LinkAnswer:
        self.asked.append(address)
        trouble = self.troubles.get(address, "")
        status = re.match(r"answers (\d+)", trouble or "answers 200")
        return LinkAnswer(trouble, int(status[1]) if status else None)
