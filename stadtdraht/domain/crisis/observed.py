"""What was read of everything that a warning needs, before anybody judges it."""

from collections.abc import Sequence
from dataclasses import dataclass

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import CrisisLink
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts
from stadtdraht.domain.whatsapp.account_events import Notice

TOKEN_REFUSED = "token"  # noqa: S105 - what refused, not a secret


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """Messages of all towns in the queues of warnings, and in their dead-letter queues."""

    work: int
    dead: int


@dataclass(frozen=True, slots=True)
class WarmSenders:
    """Senders that were called at the same moment."""

    asked: int
    """As many as the lanes of the widest number need."""
    answered_s: tuple[float, ...]
    """How long each took that said it is ready; one that answered twice counts once."""
    page_s: float | None = None
    """How long the crisis page took to say so; None: it did not."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was read of everything that a warning needs; None is what could not be read."""

    number: NumberFacts | None
    """Meta's answer of this moment."""
    refusal: str
    """Why `number` is missing: TOKEN_REFUSED, or the code of Meta's error."""
    snapshot: AccountSnapshot | None
    audience: int | None
    """How many people take warnings."""
    queues: QueueDepth | None
    senders: WarmSenders
    key_ids: Sequence[str]
    """Of the keys that verify links."""
    links: Sequence[CrisisLink]
    last_drill: Alert | None
    notices: Sequence[Notice] = ()
    """What Meta told of the account by event."""
