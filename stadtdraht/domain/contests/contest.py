"""A contest: citizens send photos or texts until a deadline, after they accepted its terms.

It opens and closes by the clock alone: no job has to run for an entry after the deadline to be late.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import plain

LATE_NOTE_FOR = timedelta(days=14)  # how long after the deadline an entry is taken for a late one
REMINDER_BEFORE = timedelta(hours=24)
IN_TALK_FOR = timedelta(hours=1)  # after the terms were shown or an entry taken, the next photo needs no words


class ContestForm(StrEnum):
    """What an entry is."""

    PHOTO = "photo"
    TEXT = "text"


class ContestPhase(StrEnum):
    """Where a contest stands at a moment."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Contest:
    """What staff opened, and until when. Times are UTC; a deadline is said and typed in the town's zone."""

    id: str
    town: str
    title: str
    form: ContestForm
    keyword: str
    """Typed to take part, for example "Biodiversität"."""
    opens_at: datetime
    closes_at: datetime
    delete_at: datetime
    """When its entries are deleted."""
    terms_url: str
    terms_version: str
    """What a person accepts, together with the address."""
    entries_per_person: int = 3
    guardian_note: bool = True
    closed_at: datetime | None = None
    """When staff closed it before its deadline; None: they did not."""
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """The deadline, or when staff closed it."""
        return min(self.closes_at, self.closed_at or self.closes_at)

    def phase(self, at: datetime) -> ContestPhase:
        """An entry counts when it was sent before the deadline, however late it is processed.

        A contest that was closed before it opened was never there.
        """
        if self.ends_at <= self.opens_at:
            return ContestPhase.OVER
        if at < self.opens_at:
            return ContestPhase.PLANNED
        if at < self.ends_at:
            return ContestPhase.OPEN
        return ContestPhase.LATE if at < self.ends_at + LATE_NOTE_FOR else ContestPhase.OVER

    def overlaps(self, other: "Contest") -> bool:
        """Whether both would be open at some moment."""
        return max(self.opens_at, other.opens_at) < min(self.ends_at, other.ends_at)


@dataclass(frozen=True, slots=True)
class ContestEntry:
    """What one person sent to a contest."""

    contest_id: str
    town: str
    entry_id: str
    """Opaque: a jury that sees it learns nothing about the person."""
    citizen_id: str
    wamid: str
    """Of the message that brought it; it also names the photo."""
    at: datetime
    text: str
    """The caption of a photo, or the text itself."""
    terms_version: str
    delete_at: datetime
    late: bool = False
    """Sent after the deadline; it is only counted, for the report."""
    withdrawn: bool = False
    """Its person took it back: it takes no part, and its words are gone."""


@dataclass(frozen=True, slots=True)
class ContestAcceptance:
    """A person's yes to the terms of a contest, kept as long as its entries: it shows the right to use them."""

    contest_id: str
    town: str
    citizen_id: str
    terms_version: str
    at: datetime
    delete_at: datetime


class EntryOutcome(StrEnum):
    """What becomes of a message that is meant for a contest. ENTERED is stored as an entry, LATE is only counted."""

    ASK_TERMS = "ask_terms"
    ASK_WHETHER = "ask_whether"  # a photo that may be meant for it
    ENTERED = "entered"
    FULL = "full"
    LATE = "late"
    WRONG_FORM = "wrong_form"


ENTRY_DIGITS = 10  # hex digits: 40 bits, so that a contest of thousands holds no number twice
PHOTO = "image"
SPOKEN = frozenset(("text", "interactive", "button"))  # kinds without a file; a person in talk may just chat


def current_of(contests: Sequence[Contest], at: datetime) -> Contest | None:
    """The open contest, else the one that ended last and still gets a late note."""
    found = [contest for contest in contests if contest.phase(at) is ContestPhase.OPEN]
    late = [contest for contest in contests if contest.phase(at) is ContestPhase.LATE]
    return max(found or late, key=lambda contest: contest.ends_at, default=None)


def check_entry(
    contest: Contest, message: IncomingMessage, *, accepted_terms: str, entries: int, meant: bool, perhaps: bool = False
) -> EntryOutcome | None:
    """What follows from a message; None when it does not concern the contest.

    accepted_terms: version that this person accepted, "" for none. entries: how many this person has in already.
    meant: the words speak of the contest, or the talk just before did. perhaps: nothing says what a photo is for.
    Words alone bring no photo: they are never an entry to a contest of photos.
    """
    phase = contest.phase(message.at)
    if phase not in (ContestPhase.OPEN, ContestPhase.LATE):
        return None
    if contest.form is ContestForm.PHOTO and message.kind in SPOKEN:
        return None
    if not meant:
        return EntryOutcome.ASK_WHETHER if perhaps and _may_be_one(contest, message) else None
    if phase is ContestPhase.LATE:
        return EntryOutcome.LATE
    if not _fits(contest, message):
        return EntryOutcome.WRONG_FORM  # before the terms, which are for nothing then
    if accepted_terms != contest.terms_version:
        return EntryOutcome.ASK_TERMS
    return EntryOutcome.ENTERED if entries < contest.entries_per_person else EntryOutcome.FULL


def entry_of(contest: Contest, message: IncomingMessage, citizen_id: str, pepper: bytes) -> ContestEntry:
    """The entry that a message is, or came too late to be; the same whoever computes it."""
    late = contest.phase(message.at) is not ContestPhase.OPEN
    return ContestEntry(
        contest_id=contest.id,
        town=contest.town,
        entry_id=keyed_hash(pepper, f"{contest.id}\n{message.wamid}", ENTRY_DIGITS),
        citizen_id=citizen_id,
        wamid=message.wamid,
        at=message.at,
        text="" if late else message.text,
        terms_version="" if late else contest.terms_version,
        delete_at=contest.delete_at,
        late=late,
    )


def acceptance_of(contest: Contest, citizen_id: str, at: datetime) -> ContestAcceptance:
    """The yes of a person to the terms as they stand now."""
    return ContestAcceptance(contest.id, contest.town, citizen_id, contest.terms_version, at, contest.delete_at)


def withdrawn(entry: ContestEntry) -> ContestEntry:
    """The entry as its person took it back: a mark without words."""
    return replace(entry, text="", terms_version="", withdrawn=True)


def _may_be_one(contest: Contest, message: IncomingMessage) -> bool:
    is_open = contest.phase(message.at) is ContestPhase.OPEN
    is_photo = contest.form is ContestForm.PHOTO and message.kind == PHOTO
    return is_open and is_photo and not message.often_forwarded


def _fits(contest: Contest, message: IncomingMessage) -> bool:
    if contest.form is ContestForm.PHOTO:
        return message.kind == PHOTO
    return message.kind == "text" and plain(message.text) != plain(contest.keyword)
