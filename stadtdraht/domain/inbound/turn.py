"""A turn: everything that one message, or one act of the town's staff, changes; put down whole or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen, ConsentEntry, WireIdentity
from stadtdraht.domain.contests.contest import ContestAcceptance, ContestEntry
from stadtdraht.domain.conversation import Flag, StaffAct
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.media.media import Media
from stadtdraht.domain.message import IncomingMessage


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case before and after; `before` is None when it is new. Versions guard it like the citizen's."""

    before: Case | None
    after: Case


@dataclass(frozen=True, slots=True)
class MergedCitizen:
    """Somebody who turned out to be the citizen of the turn: before and after, and their cases, which move over."""

    before: Citizen
    after: Citizen
    cases: tuple[CaseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What staff wrote or did beside a conversation; no citizen ever gets it."""

    at: datetime
    by: str
    """As staff name themselves."""
    text: str
    """The words; of an act, what it needs: to whom, which flag, why."""
    act: StaffAct = StaffAct.NOTE
    by_id: str = ""
    """Their id, where they have one."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What changes together."""

    before: Citizen | None
    """None when the citizen is new."""
    after: Citizen
    message: IncomingMessage | None = None
    """None when staff acted."""
    entries: tuple[ConsentEntry, ...] = ()
    answers: tuple[Answer, ...] = ()
    identities: tuple[WireIdentity, ...] = ()
    """Further ones that now name this person, after a change of number or of user_id."""
    given_up: tuple[tuple[str, datetime], ...] = ()
    """Numbers that are theirs no longer, and since when: somebody else may get them."""
    since: datetime | None = None
    """When the number that is theirs from now on was given up by somebody else; None: by nobody known."""
    case: CaseChange | None = None
    """With the citizen's message in it, or with the state that staff gave it."""
    contest_entries: tuple[ContestEntry, ...] = ()
    """New ones, and those taken back."""
    acceptance: ContestAcceptance | None = None
    forget: tuple[tuple[datetime, str], ...] = ()
    """(time, wamid) of messages to delete."""
    forgotten_files: tuple[Media, ...] = ()
    """Their files."""
    note: Note | None = None
    same_text: str = ""
    """Keyed hash of a long text, so that a chain message shows itself when several people send it."""
    merged: MergedCitizen | None = None
    """Who was taken for another person until now."""
    press: str = ""
    """Nonce of the form by which staff acted; "" where acting twice does no harm."""

    @property
    def is_for_staff(self) -> bool:
        """Whether somebody of the town has to read the message: it waits in the conversation, or stands in a case."""
        if self.message is None:
            return False
        if self.case and self.message.wamid in self.case.after.message_ids:
            return self.case.before is None or self.message.wamid not in self.case.before.message_ids
        before, after = self.before and self.before.conversation, self.after.conversation
        if after is None or after == before or after.waiting_since is None or after.last_at != self.message.at:
            return False
        return after.flags - (before.flags if before else frozenset()) != {Flag.CHAIN}

    @property
    def answers_since(self) -> datetime | None:
        """Since when whoever staff answer by this has waited; None where it answers nobody who did."""
        before = self.before.conversation if self.before else None
        if self.message or not self.answers or before is None or before.waiting_since is None:
            return None
        after = self.after.conversation
        return None if after and after.waiting_since == before.waiting_since else before.waiting_since

    @property
    def at(self) -> datetime:
        """When it happened, as far as anything in it says."""
        times = [it.at for it in (self.message, self.note) if it] + [answer.ref.at for answer in self.answers]
        return max(times, default=self.after.last_word_at or datetime.fromtimestamp(0, UTC))


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
