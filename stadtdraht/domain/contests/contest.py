"""A call for replies: time-boxed, with terms that are accepted before the first entry (a photo contest, say).

It opens and closes by the clock alone: no job has to run for an entry after the deadline to be late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import plain

LATE_NOTE_FOR = timedelta(days=14)  # how long after the deadline an entry is taken for a late one
REMINDER_BEFORE = timedelta(hours=24)
IN_TALK_FOR = timedelta(hours=1)  # after the terms were shown or an entry taken, the next photo needs no keyword


class CallForm(StrEnum):
    """What an entry is."""

    PHOTO = "photo"
    TEXT = "text"


class CallPhase(StrEnum):
    """Where a call stands at a moment."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Call:
    """`terms_url` and `terms_version`: what a person accepts. `keyword`: typed to take part ("Biodiversität").

    Times are UTC; a deadline is said and typed in the town's zone. delete_at: when entries are deleted.
    closed_at: set when staff close it before its deadline.
    """

    id: str
    town: str
    title: str
    form: CallForm
    keyword: str
    opens_at: datetime
    closes_at: datetime
    delete_at: datetime
    terms_url: str
    terms_version: str
    entries_per_person: int = 3
    guardian_note: bool = True
    closed_at: datetime | None = None
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """The deadline, or when staff closed it."""
        return min(self.closes_at, self.closed_at or self.closes_at)

    def phase(self, at: datetime) -> CallPhase:
        """An entry counts when it was sent before the deadline, however late it is processed.

        A call that was closed before it opened was never there.
        """
        if self.ends_at <= self.opens_at:
            return CallPhase.OVER
        if at < self.opens_at:
            return CallPhase.PLANNED
        if at < self.ends_at:
            return CallPhase.OPEN
        return CallPhase.LATE if at < self.ends_at + LATE_NOTE_FOR else CallPhase.OVER

    def overlaps(self, other: "Call") -> bool:
        """Whether both would be open at some moment."""
        return max(self.opens_at, other.opens_at) < min(self.ends_at, other.ends_at)


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One entry. `entry_id` is opaque, so that a jury that sees it learns nothing about the person.

    text: caption or answer; wamid: the message it came by, which also names its photo; delete_at: the call's.
    late: sent after the deadline; only counted, for the report.
    """

    call_id: str
    town: str
    entry_id: str
    citizen_id: str
    wamid: str
    at: datetime
    text: str
    terms_version: str
    delete_at: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class CallAcceptance:
    """A person's yes to the terms of a call, kept as long as its entries: it shows the right to use them."""

    call_id: str
    town: str
    citizen_id: str
    terms_version: str
    at: datetime
    delete_at: datetime


class CallAnswer(StrEnum):
    """What a message means for a call. ENTERED: it is an entry, to be stored; so is what came LATE, to be counted."""

    ASK_TERMS = "ask_terms"
    ENTERED = "entered"
    FULL = "full"
    LATE = "late"
    WRONG_FORM = "wrong_form"


ENTRY_DIGITS = 10  # hex digits: 40 bits, so that a contest of thousands holds no number twice
PHOTO = "image"
SPOKEN = frozenset(("text", "interactive", "button"))  # kinds without a file; a person in talk may just chat


def current_of(calls: Sequence[Call], at: datetime) -> Call | None:
    """The open call, else the one that ended last and still gets a late note."""
    found = [call for call in calls if call.phase(at) is CallPhase.OPEN]
    late = [call for call in calls if call.phase(at) is CallPhase.LATE]
    return max(found or late, key=lambda call: call.ends_at, default=None)


def answer_to(
    call: Call, message: IncomingMessage, *, accepted_terms: str, entries: int, one_way: bool, asked: bool
) -> CallAnswer | None:
    """What follows from a message; None when it does not concern the call.

    accepted_terms: version that this person accepted, "" for none. entries: how many this person has in already.
    one_way: nobody is asked to write to this town, so that a photo during a photo call is an entry.
    asked: this person was shown the terms or sent an entry within IN_TALK_FOR.
    """
    phase = call.phase(message.at)
    if phase not in (CallPhase.OPEN, CallPhase.LATE) or not _concerns(call, message, one_way=one_way, asked=asked):
        return None
    if phase is CallPhase.LATE:
        return CallAnswer.LATE
    if accepted_terms != call.terms_version:
        return CallAnswer.ASK_TERMS
    if not _fits(call, message):
        return CallAnswer.WRONG_FORM
    return CallAnswer.ENTERED if entries < call.entries_per_person else CallAnswer.FULL


def entry_of(call: Call, message: IncomingMessage, citizen_id: str, pepper: bytes) -> CallEntry:
    """The entry that a message is, or came too late to be; the same whoever computes it."""
    late = call.phase(message.at) is not CallPhase.OPEN
    return CallEntry(
        call_id=call.id,
        town=call.town,
        entry_id=keyed_hash(pepper, f"{call.id}\n{message.wamid}", ENTRY_DIGITS),
        citizen_id=citizen_id,
        wamid=message.wamid,
        at=message.at,
        text="" if late else message.text,
        terms_version="" if late else call.terms_version,
        delete_at=call.delete_at,
        late=late,
    )


def acceptance_of(call: Call, citizen_id: str, at: datetime) -> CallAcceptance:
    """The yes of a person to the terms as they stand now."""
    return CallAcceptance(call.id, call.town, citizen_id, call.terms_version, at, call.delete_at)


def _concerns(call: Call, message: IncomingMessage, *, one_way: bool, asked: bool) -> bool:
    if _says(call.keyword, message.text):
        return True
    if call.form is CallForm.TEXT or message.often_forwarded:  # a picture that goes round is nobody's entry
        return False
    return message.kind not in SPOKEN if asked else one_way and message.kind == PHOTO


def _fits(call: Call, message: IncomingMessage) -> bool:
    if call.form is CallForm.PHOTO:
        return message.kind == PHOTO
    return message.kind == "text" and plain(message.text) != plain(call.keyword)


def _says(keyword: str, text: str) -> bool:
    return bool(plain(keyword)) and f" {plain(keyword)} " in f" {plain(text)} "
