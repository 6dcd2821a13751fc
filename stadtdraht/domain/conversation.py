"""A conversation: from a person's first open word to the town's last answer. One at a time per person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.errors import german
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import one_line, shorten

SERVICE_WINDOW = timedelta(hours=24)  # free-form messages after a citizen wrote; Meta, Send messages, 2026-09-11
LEFT_OF_WINDOW = timedelta(minutes=10)  # so that it is still open when a message goes out
DID_NOT_ARRIVE = frozenset({"refused", "failed"})  # states of an answer
CAME_SINCE = german("Es kam noch eine Nachricht.")  # why an answer went back by itself; stands in rows
QUIET_FOR = timedelta(days=7)  # then what comes next is a new conversation
LAST_WORDS_CHARACTERS = 140  # two lines of a list


class Flag(StrEnum):
    """What staff must see at once."""

    EMERGENCY = "emergency"
    DESPAIR = "despair"
    VIOLENCE = "violence"
    ABUSE = "abuse"  # an insult or a threat
    SENSITIVE = "sensitive"
    CHAIN = "chain"  # nothing was answered and nobody has to work on it; staff can take the flag away


NEED = frozenset({Flag.EMERGENCY, Flag.DESPAIR, Flag.VIOLENCE})  # what staff read before anything else


@dataclass(frozen=True, slots=True)
class LastHeard:
    """What the person wrote last, as a list shows it."""

    at: datetime
    kind: str
    """Meta's type; "forgotten" once they took it back."""
    words: str = ""
    """Cut between words; "" for a photo, a voice message or a place without words."""
    message_id: str = ""

    @classmethod
    def of(cls, message: IncomingMessage) -> "LastHeard":
        said = " ".join(part for part in (message.text, message.enclosed, message.place_name) if part)
        words = shorten(one_line(said), LAST_WORDS_CHARACTERS)
        return cls(message.at, message.kind, words, message_id(message.wamid))


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """An answer that waits for somebody to let it out."""

    words: str
    by: str
    """Who wrote it, as shown."""
    by_id: str
    of: str
    """Who is asked; "" for whoever may."""
    of_id: str
    asked_at: datetime
    seen: datetime
    """`last_at` as the writer had read it: what came since has not been answered by it."""

    def is_by(self, name: str, staff_id: str = "") -> bool:
        """Whether this member of staff wrote it: by id where both have one, else by name."""
        return staff_id == self.by_id if staff_id and self.by_id else name == self.by


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one person and the town write to each other, until nobody has written for a week."""

    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None = None
    """Time of the oldest message that nobody has answered; None when all are."""
    noted_at: datetime | None = None
    """When the one note went out that nobody reads at this hour."""
    assigned_to: str = ""
    """As staff name themselves; "" for nobody."""
    flags: frozenset[Flag] = frozenset()
    assigned_to_id: str = ""
    """Their id, where they have one: staff of the command line have a name only."""
    last: LastHeard | None = None
    """None for what was stored before it was kept."""
    case: str = ""
    """Number of the report that came of it last."""
    consultation: str = ""
    """Id of the one in whose queue they wait, or waited last."""
    unseen_need_since: datetime | None = None
    """Time of the oldest message of need that nobody of the staff has opened; None when there is none."""
    release: ReleaseRequest | None = None
    """The answer that waits for a release."""

    @property
    def needs_staff(self) -> bool:
        """Whether it stands in the list that staff work through."""
        return self.waiting_since is not None or bool(self.flags) or self.release is not None

    @property
    def release_is_stale(self) -> bool:
        """Whether the citizen wrote since the answer was put forward."""
        return self.release is not None and self.last_at > self.release.seen

    @property
    def had_by(self) -> str:
        """Who has it, by their id or else their name; "" for nobody."""
        return self.assigned_to_id or self.assigned_to

    def is_of(self, name: str, staff_id: str = "") -> bool:
        """Whether it was given to this member of staff: by id where both have one, else by name."""
        if staff_id and self.assigned_to_id:
            return staff_id == self.assigned_to_id
        return bool(name) and name == self.assigned_to

    def closed(self) -> "Conversation":
        """Nobody has to do anything about it any more."""
        return replace(
            self,
            waiting_since=None,
            flags=frozenset(),
            assigned_to="",
            assigned_to_id="",
            unseen_need_since=None,
            release=None,
        )

    def is_over(self, at: datetime) -> bool:
        """Whether so long a silence lies between that it counts as ended."""
        return at > self.last_at + QUIET_FOR and self.waiting_since is None


def add_message(conversation: Conversation | None, at: datetime, *flags: Flag) -> Conversation:
    """The conversation with one more message that waits for an answer."""
    unseen = at if NEED & set(flags) else None
    if conversation is None or conversation.is_over(at):
        return Conversation(at, at, at, flags=frozenset(flags), unseen_need_since=unseen)
    return replace(
        conversation,
        opened_at=min(conversation.opened_at, at),
        last_at=max(conversation.last_at, at),
        waiting_since=min(conversation.waiting_since or at, at),
        flags=conversation.flags | frozenset(flags),
        unseen_need_since=conversation.unseen_need_since or unseen,
    )


def keep_last_heard(
    conversation: Conversation, message: IncomingMessage | None, taken_back: Collection[str] = ()
) -> Conversation:
    """With what a list shows of the person's newest message; nothing of one that they took back.

    message: one that belongs to the conversation. taken_back: ids of messages.
    """
    last = conversation.last
    if message and (last is None or message.at >= last.at):
        return replace(conversation, last=LastHeard.of(message))
    if last and last.message_id in {message_id(it) for it in taken_back}:
        return replace(conversation, last=LastHeard(last.at, "forgotten", message_id=last.message_id))
    return conversation


def add_chain_message(conversation: Conversation | None, at: datetime) -> Conversation:
    """The conversation with a chain message in it: shown to those who look, waiting for nobody."""
    current = conversation or Conversation(at, at)
    return replace(current, last_at=max(current.last_at, at), flags=current.flags | {Flag.CHAIN})


def mark_answered(conversation: Conversation, at: datetime) -> Conversation:
    """The conversation after the town's own words; what came in after them still waits."""
    waits = conversation.waiting_since
    left = waits if waits and waits > at else None
    unseen = conversation.unseen_need_since if left else None  # whoever answers has read it
    return replace(conversation, waiting_since=left, unseen_need_since=unseen, release=None)


def remove_flag(conversation: Conversation, flag: Flag) -> Conversation:
    """Without the flag; what was taken for a chain message waits for an answer after all."""
    waiting = conversation.last_at if flag is Flag.CHAIN and flag in conversation.flags else None
    left = conversation.flags - {flag}
    return replace(
        conversation,
        flags=left,
        unseen_need_since=conversation.unseen_need_since if left & NEED else None,
        waiting_since=conversation.waiting_since or waiting,
    )


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A row of the lists that staff work through: all that they show, so that nobody is read for it."""

    citizen_id: str
    name: str
    """"" where the person told none."""
    number: str
    """As lists show it (`phone_numbers.masked`); "" for who withholds it."""
    language: str
    window_until: datetime
    """So long the town may write freely."""
    conversation: Conversation

    @property
    def waiting_since(self) -> datetime | None:
        return self.conversation.waiting_since

    @property
    def flags(self) -> frozenset[Flag]:
        return self.conversation.flags

    @property
    def assigned_to(self) -> str:
        return self.conversation.assigned_to

    @property
    def is_chain(self) -> bool:
        """Whether it was taken for a chain message, and nobody has to answer."""
        return Flag.CHAIN in self.flags and self.waiting_since is None

    @property
    def is_need(self) -> bool:
        return bool(self.flags & NEED)


@dataclass(frozen=True, slots=True)
class RecentPage:
    """Conversations by when they were heard last, the newest first."""

    conversations: tuple[ListedConversation, ...]
    next: str = ""
    """The place behind the last one, to go on from; "" at the end."""


class StaffAct(StrEnum):
    """What staff do beside a conversation; no citizen ever gets it."""

    NOTE = "note"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    UNFLAGGED = "unflagged"
    REVEALED = "revealed"
    """The telephone number was shown."""
    OPENED = "opened"
    """A message of need was opened for the first time."""
    ASKED_RELEASE = "asked_release"
    """An answer waits for somebody to let it out; the text says of whom it was asked, "" for whoever may."""
    SENT_BACK = "sent_back"
    """It went back to who wrote it; the text says why."""
    FORWARDED = "forwarded"
    """A department has it; the text names it."""
    REPORTED = "reported"
    """A report was opened out of it; the text is its number."""
    ATTACHED = "attached"
    """Messages were added to the report of this number."""


WHO_SPEAKS = ("citizen", "town", "note")  # in this order within a second, which is all that WhatsApp tells


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation as staff read it."""

    at: datetime
    who: str
    """One of WHO_SPEAKS."""
    kind: str
    """Meta's type."""
    text: str
    state: str = ""
    """Of an answer or of a file; "" for neither."""
    message_id: str = ""
    """Its wamid, where it has one."""
    about: str = ""
    """Wamid of what it answers, corrects or reacts to."""
    quotes: str = ""
    """The words of that message, where they are still known."""
    reason: str = ""
    """Meta's code where an answer did not arrive."""
    by: str = ""
    """Who of the staff wrote or did it; "" for a citizen and for what the line says by itself."""
    released_by: str = ""
    """Who let an answer out."""
    put_forward: str = ""
    """The words before who let it out changed them; "" where nobody did."""
    answers: str = ""
    """Id of the message that a rule answered by this; "" where no rule did."""
    act: StaffAct = StaffAct.NOTE
    """Of a note: what was done."""
    answer_id: str = ""
    by_id: str = ""
    """Id of who wrote or did it, where they have one."""
    owner: str = ""
    """Of a message: the id under which it is stored, which may be one from before two were known to be one person."""
    file: str = ""
    """Key of its file among the owner's (`MediaRows.load`); "" where none came with it."""
    seconds: int = 0
    """How long its voice message lasts; 0 where nothing says so."""
    file_why: str = ""
    """Why the file is not there."""
    latitude: str = ""
    longitude: str = ""
    """Degrees as sent; "" without a pin."""
    place_name: str = ""
    forwarded: bool = False
    often_forwarded: bool = False
    is_edited: bool = False
    """Whether the citizen changed it since; the change is a line of its own."""
    reactions: tuple[str, ...] = ()
    """Emoji that the citizen left on it and did not take away; each is a line of its own, too."""
    language: str = ""
    """Of a template."""
    filled: tuple[tuple[str, str], ...] = ()
    """Of a template: its variables and what stands in their place."""

    @property
    def is_automatic(self) -> bool:
        """Whether a rule answered."""
        return bool(self.answers)


def with_quotes(lines: Iterable[Line]) -> Sequence[Line]:
    """The lines oldest first, each with the words that it is about; of one second, each question before its answers."""
    unordered = list(lines)
    asked = {line.message_id: place for place, line in enumerate(unordered) if line.message_id}

    def place(numbered: tuple[int, Line]) -> tuple[datetime, int, int]:
        number, line = numbered
        turn = number if line.who == "citizen" else asked.get(line.answers, len(unordered))
        return line.at, turn, WHO_SPEAKS.index(line.who)

    ordered = [line for _, line in sorted(enumerate(unordered), key=place)]
    words = {line.message_id: line.text for line in ordered if line.message_id}
    edited = {line.about for line in ordered if line.kind == "edit"}
    reactions = {line.about: line.text for line in ordered if line.kind == "reaction" and line.who == "citizen"}
    return [
        replace(
            line,
            quotes=words.get(line.about, "") if line.about else line.quotes,
            is_edited=bool(line.message_id) and line.message_id in edited,
            reactions=tuple(filter(None, [reactions.get(line.message_id, "")])) if line.message_id else (),
        )
        for line in ordered
    ]


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines of a conversation, oldest first, and where those before them begin."""

    lines: tuple[Line, ...]
    earlier: datetime | None = None
    """Read on with it as `before`; None at the beginning of the conversation."""
