"""A turn: everything that one message, or one act of the town's staff, changes; put down whole or not at all."""

from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen, ConsentEntry, WireIdentity
from stadtdraht.domain.contests.contest import ContestAcceptance, ContestEntry
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.message import IncomingMessage


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case before and after; `before` is None when it is new. Versions guard it like the citizen's."""

    before: Case | None
    after: Case


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who turned out to be the citizen of the turn: before and after, and their cases, which move over."""

    before: Citizen
    after: Citizen
    cases: tuple[CaseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What staff wrote beside a conversation; no citizen ever gets it. `by` as staff name themselves."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What changes together.

    before: None when the citizen is new. message: None when staff acted. identities: further ones that now name this
    person (after a change of number or of user_id). same_text: keyed hash of a long text, so that a chain message shows
    itself when several people send it. case: with the citizen's message in it, or with the state staff gave it.
    forget: (time, wamid) of messages to delete. joined: who was taken for another person until now.
    """

    before: Citizen | None
    after: Citizen
    message: IncomingMessage | None = None
    entries: tuple[ConsentEntry, ...] = ()
    answers: tuple[Answer, ...] = ()
    identities: tuple[WireIdentity, ...] = ()
    case: CaseChange | None = None
    entry: ContestEntry | None = None
    acceptance: ContestAcceptance | None = None
    forget: tuple[tuple[datetime, str], ...] = ()
    note: Note | None = None
    same_text: str = ""
    joined: Joined | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """Everything is durable; these answers are to be sent."""

    answers: tuple[AnswerRef, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The message was followed up before; nothing changed."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The citizen or the case changed meanwhile: load again and decide again."""


TurnOutcome = Committed | Repeated | Overtaken
