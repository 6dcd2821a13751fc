"""A turn: one message of a citizen and everything that follows from it, put down together or not at all."""

from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.answer import Answer, AnswerRef
from stadtdraht.domain.citizen import Citizen, ConsentEntry, WireIdentity


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message as we keep it in its citizen's history. `text`: what was written, a caption, or a button's title.

    choice: id of a pressed button or list row, or a template button's payload; "" for typed text.
    kind: Meta's type ("text", "image", "interactive", …). media_id: Meta's id of a photo, voice note or file.
    """

    wamid: str
    at: datetime
    kind: str
    text: str = ""
    choice: str = ""
    media_id: str = ""
    latitude: str = ""
    longitude: str = ""
    profile_name: str = ""
    forwarded: bool = False
    often_forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message changes. `before` is None when the citizen is new."""

    before: Citizen | None
    after: Citizen
    message: IncomingMessage
    entries: tuple[ConsentEntry, ...] = ()
    answers: tuple[Answer, ...] = ()
    identities: tuple[WireIdentity, ...] = ()
    """Further identities that now name this person (after a change of number or of user_id)."""


@dataclass(frozen=True, slots=True)
class Committed:
    """Everything is durable; these answers are to be sent."""

    answers: tuple[AnswerRef, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The message was followed up before; nothing changed."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The citizen changed meanwhile: load again and decide again."""


TurnOutcome = Committed | Repeated | Overtaken
