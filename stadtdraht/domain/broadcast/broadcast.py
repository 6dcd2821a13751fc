"""A newsletter: what it says, whom it is for, and the states it goes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from stadtdraht.domain.broadcast.colleague import ReleaseRequest, SentBack
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.errors import StadtdrahtError

MOST_ITEMS = 5
TITLE_CHARACTERS = 60
TEASER_CHARACTERS = 500  # with title, link and frame it stays below the 1,024 of a template's body
PORTION_EARLY = timedelta(seconds=30)  # its schedule may fire a little before its hour
WEEKLY = "weekly"


class BroadcastState(StrEnum):
    """Where a newsletter stands; `MAY` says what may be done with it there."""

    DRAFT = "draft"
    """Nobody released it."""
    RELEASED = "released"
    """Somebody who may let it go; it has no hour."""
    SCHEDULED = "scheduled"
    """It starts by itself at its hour, or every week."""
    RUNNING = "running"
    """Its slices are with the senders."""
    STOPPED = "stopped"
    """By staff."""
    HALTED = "halted"
    """By a sender, since the number or the template cannot send."""
    FINISHED = "finished"
    """Every slice is done. Never stored: it is read from the slices."""


class Verb(StrEnum):
    """What is done to a newsletter: by staff, and START by its schedule or by a SEND or RESUME."""

    EDIT = "edit"
    RELEASE = "release"
    SEND = "send"
    SCHEDULE = "schedule"
    START = "start"
    STOP = "stop"
    RESUME = "resume"


_OUT_OF_DRAFT = frozenset(BroadcastState) - {BroadcastState.DRAFT, BroadcastState.FINISHED}
#: In which states a verb may be done. Nothing but RELEASE leads out of DRAFT, so nothing goes out that nobody released.
MAY: Mapping[Verb, frozenset[BroadcastState]] = {
    Verb.EDIT: frozenset({BroadcastState.DRAFT}),
    Verb.RELEASE: frozenset({BroadcastState.DRAFT}),
    Verb.SEND: frozenset({BroadcastState.RELEASED}),
    Verb.SCHEDULE: frozenset({BroadcastState.RELEASED, BroadcastState.SCHEDULED}),
    Verb.START: frozenset({BroadcastState.RELEASED, BroadcastState.SCHEDULED, BroadcastState.RUNNING}),
    Verb.STOP: _OUT_OF_DRAFT,
    Verb.RESUME: _OUT_OF_DRAFT,
}


def may(state: BroadcastState, verb: Verb) -> bool:
    """Whether this may be done with a newsletter in this state."""
    return state in MAY[verb]


class BroadcastKind(StrEnum):
    """What a newsletter is for."""

    DIGEST = "digest"
    """Several stories."""
    SINGLE = "single"
    """One story, whenever there is something to say."""
    INVITATION = "invitation"
    """One story, to the people of districts."""


@dataclass(frozen=True, slots=True)
class Item:
    """One teaser."""

    title: str
    teaser: str
    link: str
    image_url: str = ""
    """Shown above the message by templates that have a picture."""
    valid_until: datetime | None = None
    """Not sent later."""


@dataclass(frozen=True, slots=True)
class Portion:
    """One day's part of a newsletter that Meta's limit spreads over several days."""

    after: str
    """It takes citizen ids behind this one."""
    upto: str
    """The last citizen id that it takes."""
    people: int
    """How many were planned between them."""
    slices_per_lane: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One newsletter, as it is stored."""

    broadcast_id: str
    town: str
    items: tuple[Item, ...]
    """One to MOST_ITEMS."""
    template: str
    """Name of the town's template that shows so many items."""
    state: BroadcastState
    created_at: datetime
    subject: str = ""
    """What it is called; "": like its first item."""
    kind: BroadcastKind = BroadcastKind.SINGLE
    topics: frozenset[str] = frozenset()
    """Only to readers of these topics; empty: of any."""
    districts: frozenset[str] = frozenset()
    """Only to readers in these districts; empty: in any."""
    languages: frozenset[str] = frozenset()
    """Only to readers of these languages; empty: of any."""
    persona: str = ""
    """Who signs it personally; "": the administration."""
    created_by: str = ""
    """Name of who wrote it, or changed it last."""
    created_by_id: str = ""
    """The same by staff id; "": at the command line, where people have but a name."""
    writer_ids: frozenset[str] = frozenset()
    """Staff ids of everybody who wrote or changed it."""
    changed_at: datetime | None = None
    """When its words or readers were changed last; None: before this was kept."""
    asked: ReleaseRequest | None = None
    """Of a draft: it waits for its release."""
    sent_back: SentBack | None = None
    """Of a draft: why it was not released, until somebody is asked again."""
    released_by: str = ""
    """Name of who released it."""
    released_by_id: str = ""
    """The same by staff id."""
    released_at: datetime | None = None
    """None: nobody released it."""
    starts_at: datetime | None = None
    """Its hour, or the first of a weekly one; None: it starts when it is sent."""
    repeat: str = ""
    """"" or WEEKLY. A weekly one never goes out itself: each week it gets an issue, whose `series` is its id."""
    series: str = ""
    """Id of the weekly one that this is an issue of."""
    feed: str = ""
    """Address of the feed that it was drafted from, and that its weekly issues are taken from; "": neither."""
    planned: int = 0
    """People it was for when it started."""
    lanes: int = 0
    """Into so many lanes it is cut, each into `slices_per_lane` equal ranges; 0: it has not begun. These and `planned`
    are written before the first slice, so that planning again cuts alike."""
    slices_per_lane: int = 0
    first_at: datetime | None = None
    """When it began to go out, which a send by hand may do days after its release; None also where it began before
    this was kept."""
    halted_by: int = 0
    """Meta's code that halted it."""
    held_at: datetime | None = None
    """When it was stopped or halted; None: it goes on, or was held before this was kept."""
    planned_cost_eur: str = ""
    """What the plan said when it started, as a decimal; "": it has not begun."""
    portions: tuple[Portion, ...] = ()
    """Days that have begun, of a newsletter over several; empty when all go at once."""
    next_at: datetime | None = None
    """When the next portion may start; None: there is none to come."""
    expires_at: datetime | None = None
    """Not sent later, whatever the usual time is."""
    topics_over: frozenset[str] = frozenset()
    """Topics of the town that were over when it began; who takes no others has left with them."""

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
        return self.portions[-1].starts_at if self.portions else self.first_at or self.goes_at

    @property
    def has_begun(self) -> bool:
        """Whether it was cut into slices, so that some of it may be out."""
        return self.lanes > 0

    def is_due(self, now: datetime) -> bool:
        """Whether a start has something to cut: the whole, or the next portion. A schedule may fire a little early."""
        return not self.has_begun or (self.next_at is not None and self.next_at <= now + PORTION_EARLY)

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
    """The newsletter cannot go out as written; the text says what to change, and so does each of `findings`."""

    def __init__(self, text: str, findings: Sequence[NewsletterFinding] = ()) -> None:
        super().__init__(text)
        self.findings = tuple(findings)

    @classmethod
    def because(cls, findings: Sequence[NewsletterFinding]) -> Self:
        """With every finding, a line each."""
        return cls("\n".join(str(finding) for finding in findings), findings)


class StateForbids(StadtdrahtError):
    """The newsletter's state does not allow this; nothing was changed."""

    says = "{broadcast_id} is {state} already"

    def __init__(self, broadcast_id: str, state: BroadcastState, verb: Verb) -> None:
        self.broadcast_id = broadcast_id
        self.state = state
        self.verb = verb
        super().__init__(self.says.format_map(vars(self)))


class NotADraft(StateForbids):
    """Only a draft is edited or released."""

    says = "{broadcast_id} is no draft any more: it is {state}"


class NotReleased(StateForbids):
    """Nothing is done with a draft before somebody released it."""

    says = "{broadcast_id} is {state}: nobody released it"


class Finished(StateForbids):
    """There is nothing left to stop or to resume."""

    says = "{broadcast_id} is {state}: everybody it was for has had their turn"


def demand(broadcast: Broadcast, verb: Verb, state: BroadcastState | None = None) -> None:
    """Raises StateForbids, by kind, unless this may be done now. state: as its slices say; else as it is stored."""
    state = state or broadcast.state
    of_drafts = verb in (Verb.EDIT, Verb.RELEASE)
    if not may(state, verb):
        kind = {BroadcastState.DRAFT: NotReleased, BroadcastState.FINISHED: Finished}.get(state, StateForbids)
        raise (NotADraft if of_drafts else kind)(broadcast.broadcast_id, state, verb)
    if broadcast.released_at is None and not of_drafts and verb is not Verb.STOP:
        raise NotReleased(broadcast.broadcast_id, state, verb)
