"""The public web in memory: a feed, and pages that answer or do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead
from stadtdraht.domain.broadcast.links import LinkAnswer, WebTrouble


@dataclass
class FakeFeeds:
    entries: Sequence[FeedEntry] | None = None
    within_s: float | None = None
    """As it was asked for last."""

    def read(self, address: str, within_s: float | None = None) -> Sequence[FeedEntry]:
        self.within_s = within_s
        if self.entries is None:
            raise FeedNotRead(address, "answers 500, not 200", WebTrouble.STATUS, "500")
        return self.entries


@dataclass
class FakeLinks:
    troubles: dict[str, str] = field(default_factory=dict)
    """By address "answers 404, not 200", or a code of WebTrouble."""
    asked: list[str] = field(default_factory=list)

    def answer(self, address: str, within_s: float) -> LinkAnswer:
        self.asked.append(address)
        trouble = self.troubles.get(address, "answers 200")
        if trouble == "answers 200":
            return LinkAnswer(status=200)
        if status := re.match(r"answers (\d+)", trouble):
            return LinkAnswer(trouble, int(status[1]), WebTrouble.STATUS, status[1])
        return LinkAnswer(trouble, code=WebTrouble(trouble))
