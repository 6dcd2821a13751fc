"""What a slice is sent for, and how it ends: what the loop must know of a newsletter or an alert, and its ports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import Halted, NotSent, Refused, SendOutcome
from stadtdraht.domain.delivery.pace import CRISIS_SHARE, NEWSLETTER_SHARE
from stadtdraht.domain.delivery.slices import Control
from stadtdraht.domain.errors import NoTemplate, StadtdrahtError
from stadtdraht.domain.town import Offer

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import RecheckQueue
    from stadtdraht.ports.delivery import Controls, Deliveries, SliceQueue, Slices
    from stadtdraht.ports.whatsapp import GraphApi

TEMPLATE_MISSING = 132001
FIRST_LOOK_S = 15  # after which an unknown outcome is looked at: most statuses arrive within 5 s


def _only_way(_: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Message:
    """body: for Meta's messages route. way: as Outcome says it.

    is_way_shut: told of the code with which Meta refused this message; True: of this way alone, and the cause's next
    message goes another way.
    """

    body: Mapping[str, Any]
    way: str = ""
    is_way_shut: Callable[[int], bool] = _only_way


class NoWay(StadtdrahtError):
    """Meta has refused every way to somebody; certainly nothing was sent. code: of the first way."""

    def __init__(self, code: int, way: str) -> None:
        super().__init__(f"no way to send is left (code {code})")
        self.code, self.way = code, way


class Cause(Protocol):
    """A newsletter or an alert, as the sender needs it."""

    @property
    def offer(self) -> Offer:
        """Whose audience it goes to."""

    @property
    def released_at(self) -> datetime:
        """Since when it is meant to go out."""

    def reaches(self, recipient: Recipient) -> bool:
        """Whether it is meant for this person."""

    def over(self, now: datetime) -> bool:
        """Whether nothing of it may be sent any more."""

    async def message(self, recipient: Recipient, attempt: int) -> Message:
        """The message for Meta, with its delivery key. Raises NoTemplate, and NoWay where Meta refused every way."""


async def send_one(
    cause: Cause,
    person: Recipient,
    attempt: int,
    post: Callable[[Mapping[str, Any]], Awaitable[SendOutcome]],
    may_go_on: Callable[[], Awaitable[bool]],
) -> tuple[SendOutcome, str]:
    """Sends by the first way that Meta does not refuse for its own sake; the outcome, and which way it was.

    may_go_on: awaited before a further way is tried; it keeps the pace, and says whether anything may still be sent.
    """
    while True:
        try:
            message = await cause.message(person, attempt)
        except NoWay as none:
            return Refused(none.code), none.way
        except NoTemplate:  # taken out of the town file meanwhile
            return Halted(TEMPLATE_MISSING), ""
        sent = await post(message.body)
        if not (isinstance(sent, Halted | Refused) and message.is_way_shut(sent.code)):
            return sent, message.way
        if not await may_go_on():
            return NotSent(sent.code), message.way


TRYING = "?"  # before a name in `leftover`: claimed once more; after a crash that person is unknown


def is_meant(cause: Cause, person: Recipient) -> bool:
    """Whether this person was counted when it was released; who had left before was not."""
    return cause.reaches(person) and (person.left_at is None or person.left_at > cause.released_at)


@dataclass(frozen=True, slots=True)
class Policy:
    """How newsletters and alerts differ, and nothing else does.

    share: of the number's rate. yields: waits while a crisis holds the number. parks: trouble of the whole number ends
    the run until somebody resumes it; a crisis tries on until it is over.
    """

    share: float
    yields: bool
    parks: bool

    def must_wait(self, control: Control, now: datetime) -> bool:
        return control.paused or (self.yields and control.crisis_at(now))


NEWSLETTER = Policy(NEWSLETTER_SHARE, yields=True, parks=True)
CRISIS = Policy(CRISIS_SHARE, yields=False, parks=False)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the loop needs it: UTC for rows, monotonic seconds for pace, and a way to wait."""

    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]
    wait: Callable[[float], Awaitable[None]]


class Ended(StrEnum):
    """How this owner's work ended."""

    DONE = "done"
    HANDED_BACK = "handed back"
    PARKED = "parked"
    FENCED = "fenced"  # somebody else owns the slice now
    NOTHING = "nothing to do"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one owner did. `halted_by`: Meta's code, when the number cannot send, or no template of those there are."""

    ended: Ended
    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    throttled: int = 0
    halted_by: int = 0


@dataclass(frozen=True, slots=True)
class Senders:
    """The ports of the loop. `recheck` None: an unknown outcome is never sent again (newsletters)."""

    audience: Audience
    slices: Slices
    deliveries: Deliveries
    controls: Controls
    graph: GraphApi
    queue: SliceQueue
    recheck: RecheckQueue | None = None
