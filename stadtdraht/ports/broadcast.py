"""Ports of newsletters: who gets one, what it says, when it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from stadtdraht.domain.broadcast.broadcast import Broadcast
    from stadtdraht.domain.broadcast.errand import Errand, ErrandNote, ErrandResult
    from stadtdraht.domain.broadcast.feed import FeedEntry
    from stadtdraht.domain.broadcast.links import LinkAnswer
    from stadtdraht.domain.citizen import Recipient
    from stadtdraht.domain.town import Offer


class Audience(Protocol):
    """Recipients of an offer, in order of citizen id."""

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        """Everyone, for planning; memory stays flat."""

    def open_windows(self, town: str, at: datetime) -> AbstractSet[str]:
        """Citizen ids of those whose service window is still open then, as far as is known now."""

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        """Whether this person may be written to freely then; strongly consistent."""

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        """The next `limit` recipients with after < id <= upto, those who left included; strongly consistent."""

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        """The named ones that still exist."""


class Broadcasts(Protocol):
    """Newsletters."""

    def create(self, broadcast: Broadcast) -> bool:
        """False when its id is taken, and then nothing is changed."""

    def get(self, broadcast_id: str) -> Broadcast | None: ...
    def replace(self, before: Broadcast, after: Broadcast) -> bool:
        """Stores `after` if `before` still stands; False when somebody was faster."""

    def recent(self, town: str, limit: int = 20, behind: Broadcast | None = None) -> Sequence[Broadcast]:
        """The newest first; with `behind` those that were begun before it, for the next page."""


class Errands(Protocol):
    """What was asked about a newsletter and is found out in the background, with what came of it."""

    def get(self, broadcast_id: str, errand: Errand) -> ErrandNote: ...
    def ask(self, broadcast_id: str, errand: Errand, before: ErrandNote, now: datetime) -> bool:
        """Notes that it is asked now; False when somebody else did since `before` was read."""

    def answer(self, broadcast_id: str, errand: Errand, result: ErrandResult) -> None:
        """Keeps what came of it, over what came before."""


class ErrandRunner(Protocol):
    """Has errands done in the background; nobody waits for it."""

    def send(self, town: str, broadcast_id: str, errand: Errand) -> None: ...


class Feeds(Protocol):
    """The town's own feed of news."""

    def read(self, address: str, within_s: float | None = None) -> Sequence[FeedEntry]:
        """In the feed's order. within_s: None leaves it all the time that one may take. Raises FeedNotRead."""


class Links(Protocol):
    """Whether addresses on the public web answer."""

    def answer(self, address: str, within_s: float) -> LinkAnswer:
        """What it answers; nothing that takes longer is waited for."""


class Clicks(Protocol):
    """Clicks on items of newsletters: numbers, and nothing about who clicked."""

    def count(self, broadcast_id: str, item: int) -> None:
        """One more; never lost to another one at the same time."""

    def of(self, broadcast_id: str) -> Mapping[int, int]:
        """Clicks by item, which count from 1; an item that nobody opened is missing."""


class Schedule(Protocol):
    """Starts a broadcast later."""

    def at(self, broadcast_id: str, town: str, when: datetime, portion: int = 0) -> None:
        """portion: names the one of a newsletter over several days; asking again for the same one changes nothing."""

    def weekly(self, broadcast_id: str, town: str, first: datetime, zone: ZoneInfo) -> None:
        """From `first` on, every week at its weekday and hour in the zone, whatever the clocks do."""

    def report(self, broadcast_id: str, town: str, when: datetime) -> None:
        """Has it reported about then; asking again for the same time changes nothing."""

    def cancel(self, broadcast_id: str) -> None: ...


class Starter(Protocol):
    """Starts a broadcast now, in the function that plans it."""

    def start(self, town: str, broadcast_id: str) -> Mapping[str, Any]:
        """What came of it; {} from one that does not wait."""
