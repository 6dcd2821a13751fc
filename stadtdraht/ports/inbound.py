"""Ports of what citizens write: where it becomes durable, and how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.citizen import Citizen, ConsentEntry, WireIdentity
    from stadtdraht.domain.conversation import Line, LinePage, ListedConversation, RecentPage
    from stadtdraht.domain.delivery.delivery import SendOutcome, StatusReport
    from stadtdraht.domain.inbound.answer import AnswerClaim, AnswerRef
    from stadtdraht.domain.inbound.desk import Draft, Reader
    from stadtdraht.domain.inbound.inbox import InboxPlace, InboxUpdate, UpdateKind
    from stadtdraht.domain.inbound.named import Named
    from stadtdraht.domain.inbound.text_blocks import TextBlock
    from stadtdraht.domain.inbound.turn import Turn, TurnOutcome
    from stadtdraht.domain.message import IncomingMessage


class Inbox(Protocol):
    """Where a webhook's updates become durable, each once."""

    def store(
        self,
        updates: Sequence[InboxUpdate],
        statuses: Sequence[tuple[str, StatusReport]],
        orphans: Sequence[InboxUpdate],
    ) -> None:
        """Returns when everything is durable; raises otherwise. `statuses` come with their town; `orphans` are statuses
        without a key of ours, filed under their wamid.
        """

    def read(self, town: str, shard: str, kind: UpdateKind, key: str) -> InboxUpdate | None:
        """A stored update, for following it up again."""

    def since(self, town: str, at: datetime) -> Iterable[InboxUpdate]:
        """Every stored update that is followed up and has no earlier time than this, in no order."""

    def forget(self, update: InboxUpdate) -> None:
        """Empties the stored update; nothing follows from it any more."""


class Citizens(Protocol):
    """People of one town, and everything that follows from one message in one transaction."""

    def find(self, town: str, identity: WireIdentity, at: datetime | None = None) -> Citizen | None:
        """By user_id first, then by phone. A number that they gave up leads to them only for what was said until then:
        at a moment `at`, and never without one.
        """

    def look_up(self, town: str, identity: WireIdentity, at: datetime) -> Named:
        """Whom `find` finds, and what somebody new needs, in one call."""

    def given_up_at(self, town: str, phone: str) -> datetime | None:
        """When whoever had this number reported another one; None where nobody did, or somebody has it since."""

    def get(self, town: str, citizen_id: str) -> Citizen | None: ...
    def commit(self, turn: Turn) -> TurnOutcome:
        """Stores message, new state, ledger entries, audience rows and answers together, once per message."""

    def bring(self, before: Citizen | None, after: Citizen, entries: Sequence[ConsentEntry]) -> bool:
        """Stores a person and their consents without a message (import, office); False when somebody was faster."""

    def message(self, town: str, citizen_id: str, wamid: str) -> IncomingMessage | None:
        """One message of a person's history, found from the newest on."""

    def last_message(self, town: str, citizen_id: str) -> IncomingMessage | None:
        """The newest of all that the person sent; None when nothing is kept."""

    def pressed(self, town: str, citizen_id: str, press: str) -> Sequence[AnswerRef] | None:
        """The answers of the turn that this press made; None while nobody pressed."""

    def senders_of(self, town: str, same_text: str, *, but: str) -> int:
        """How many others sent a text of this keyed hash within days; counted no farther than a few."""

    def history(self, town: str, citizen_id: str) -> Sequence[Line]:
        """The conversation, oldest first."""

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        """Conversations that wait for the town's answer, or are flagged; as Conversations says it."""

    def ledger(self, town: str, citizen_id: str) -> Sequence[ConsentEntry]: ...
    def names(self, town: str, citizen_id: str) -> frozenset[str]:
        """Every number and BSUID by which the person was ever known."""

    def merged_ids(self, town: str, citizen_id: str) -> Sequence[str]:
        """Ids of all who turned out to be this person. Whatever else is asked of a person includes them."""

    def erase(self, town: str, citizen_id: str) -> int:
        """Deletes every row of the person; returns how many."""

    def rows(self, town: str, citizen_id: str) -> Sequence[Mapping[str, Any]]:
        """Every stored row of the person, for an export."""


class Conversations(Protocol):
    """Lists of conversations. Reading one costs what is shown of it, however many there ever were."""

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        """All that wait for the town's answer, or are flagged, in no order."""

    def recent(self, town: str, now: datetime, *, before: str = "", limit: int = 50) -> RecentPage:
        """Of all people, the newest first, each once. before: `RecentPage.next`; anything else begins at the top."""

    def lines(self, town: str, ids: Sequence[str], *, before: datetime | None = None, limit: int = 50) -> LinePage:
        """The newest lines of a person before a moment. ids: theirs, and those of all who turned out to be them."""

    def named(self, town: str, prefix: str, *, limit: int = 20) -> Sequence[str]:
        """Ids of people with a name of which one word begins so, in order of the name; case and accents count not."""


class Desk(Protocol):
    """What staff keep and see beside conversations."""

    def save_draft(self, draft: Draft) -> None:
        """Over what stood there; without words it is put away. What comes late (`Draft.comes_late`) is not kept."""

    def draft(self, town: str, citizen_id: str, staff_id: str) -> Draft | None: ...
    def look(self, reader: Reader) -> None:
        """Says that somebody has a conversation open."""

    def readers(self, town: str, now: datetime, citizen_id: str = "") -> Sequence[Reader]:
        """Who has one open now; of every conversation, or of one."""


class TextBlocks(Protocol):
    """A town's text blocks."""

    def all(self, town: str) -> Sequence[TextBlock]: ...
    def get(self, town: str, block_id: str) -> TextBlock | None: ...
    def save(self, block: TextBlock) -> None:
        """Over the one of the same id."""

    def remove(self, town: str, block_id: str, now: datetime) -> None: ...


class Answers(Protocol):
    """Outgoing answers, each sent by whoever wins its claim."""

    def pending(self, town: str, citizen_id: str, message_id: str) -> Sequence[AnswerRef]:
        """Answers of a message that were never claimed, so that a redelivery can hand them on again."""

    def unsettled(self, town: str, citizen_id: str) -> bool:
        """Whether an answer to this person is still to be sent."""

    def claim(self, ref: AnswerRef, now: datetime) -> AnswerClaim: ...
    def record(self, ref: AnswerRef, attempt: int, outcome: SendOutcome, now: datetime) -> None: ...


class AnswerQueue(Protocol):
    """Hands answers to the sender, in order per citizen."""

    def put(self, refs: Sequence[AnswerRef]) -> None: ...


class RetryQueue(Protocol):
    """Where an update goes that could not be followed up, or can wait, so that it holds back nobody else."""

    def put(self, places: Sequence[InboxPlace]) -> None: ...
