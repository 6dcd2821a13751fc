"""A newsletter: what it says, whom it is for, and the states it goes through."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.errors import StadtdrahtError

MOST_ITEMS = 5
TITLE_CHARACTERS = 60
TEASER_CHARACTERS = 500  # with title, link and frame it stays below the 1,024 of a template's body
EARLY = timedelta(seconds=30)
WEEKLY = "weekly"


class BroadcastState(StrEnum):
    """DRAFT: nobody released it. RELEASED: may start. RUNNING: slices are with the senders. HALTED: the number or
    template cannot send.
    """

    DRAFT = "draft"
    RELEASED = "released"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    STOPPED = "stopped"
    HALTED = "halted"


class BroadcastKind(StrEnum):
    """DIGEST: several stories. SINGLE: one, whenever there is something to say. INVITATION: one, to districts."""

    DIGEST = "digest"
    SINGLE = "single"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Item:
    """One teaser. image_url: shown above the message by templates that have a picture; valid_until: not sent later."""

    title: str
    teaser: str
    link: str
    image_url: str = ""
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """One day's part of a newsletter that Meta's limit spreads over several: `people` with after < id <= upto."""

    after: str
    upto: str
    people: int
    slices_per_lane: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One newsletter of 1 to 5 items. topics, districts, languages: only to these; empty: to all.

    subject: what it is called; "" the first item's title. persona: who writes personally; "" the administration.
    repeat: "" or WEEKLY; a weekly one never goes out itself: each week it gets an issue, whose `series` is its id.
    feed: address of the feed that it was drafted from, and that its weekly issues are taken from; "" for neither.
    created_by, released_by: as named on the command line.
    planned: people it was for when it started; each of `lanes` lanes is cut into `slices_per_lane` equal ranges. All
    three are written before the first slice, so that planning again cuts alike.
    portions: days that have begun, of a newsletter over several; empty when all go at once. next_at: when the next one
    may start; None: there is none to come.
    planned_cost_eur: what the plan said then, as a decimal; "" before.
    expires_at: not sent later, whatever the usual time is.
    topics_over: of the town, when it began to go out; who takes no others has left with them.
    """

    broadcast_id: str
    town: str
    items: tuple[Item, ...]
    template: str
    state: BroadcastState
    created_at: datetime
    subject: str = ""
    kind: BroadcastKind = BroadcastKind.SINGLE
    topics: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    persona: str = ""
    created_by: str = ""
    released_by: str = ""
    released_at: datetime | None = None
    starts_at: datetime | None = None
    repeat: str = ""
    series: str = ""
    feed: str = ""
    planned: int = 0
    lanes: int = 0
    slices_per_lane: int = 0
    halted_by: int = 0
    planned_cost_eur: str = ""
    portions: tuple[Portion, ...] = ()
    next_at: datetime | None = None
    expires_at: datetime | None = None
    topics_over: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """How staff and the report call it."""
        return self.subject or self.items[0].title

    @property
    def goes_at(self) -> datetime:
        """When it starts, or may start. Who joins later gets nothing of it."""
        return max(it for it in (self.created_at, self.released_at, self.starts_at) if it)

    @property
    def begun_at(self) -> datetime:
        """When it began to go out, or its latest portion did."""
        return self.portions[-1].starts_at if self.portions else self.goes_at

    def is_due(self, now: datetime) -> bool:
        """Whether a start has something to cut: the whole, or the next portion. A schedule may fire a little early."""
        return not self.lanes or (self.next_at is not None and self.next_at <= now + EARLY)

    def reaches(self, recipient: Recipient) -> bool:
        """Whether it is meant for this person. Who named no topic takes all of them."""
        return (
            recipient.since <= self.goes_at
            and not (recipient.topics and recipient.topics <= self.topics_over)
            and (not self.topics or not recipient.topics or not self.topics.isdisjoint(recipient.topics))
            and (not self.districts or recipient.district in self.districts)
            and (not self.languages or recipient.language in self.languages)
        )


class NewsletterNotFit(StadtdrahtError):
    """The newsletter cannot go out as written; the text says what to change."""
