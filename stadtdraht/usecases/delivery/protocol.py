"""What a slice is sent for, and how it ends: what the loop must know of a newsletter or an alert, and its ports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import Halted, NotSent, Refused, SendOutcome
from stadtdraht.domain.delivery.slices import Control
from stadtdraht.domain.errors import NoTemplate, StadtdrahtError
from stadtdraht.domain.town import Offer
from stadtdraht.domain.whatsapp.error_codes import TEMPLATE_MISSING

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import RecheckQueue
    from stadtdraht.ports.delivery import Arrivals, Controls, Deliveries, SliceQueue, Slices
    from stadtdraht.ports.whatsapp import GraphApi

FIRST_LOOK_S = 15  # after which an unknown outcome is looked at: most statuses arrive within 5 s


def _never_closes(_: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person, by one route."""

    body: Mapping[str, Any]
    """For Meta's messages route."""
    route: str = ""
    """As in Outcome."""
    closes_route: Callable[[int], bool] = _never_closes
    """Takes the code with which Meta refused this message; True: the code concerns this route alone, and the cause's
    next message takes another one.
    """


class NoRouteLeft(StadtdrahtError):
    """Meta has refused every route to somebody; certainly nothing was sent. `code` and `route`: of the first one."""

    def __init__(self, code: int, route: str) -> None:
        super().__init__(f"no route is left (code {code})")
        self.code, self.route = code, route


class Cause(Protocol):
    """A newsletter or an alert, as the sender needs it."""

    @property
    def offer(self) -> Offer:
        """Whose audience it goes to."""

    @property
    def released_at(self) -> datetime:
        """When staff let it go out."""

    def reaches(self, recipient: Recipient) -> bool:
        """Whether this person is in the audience."""

    def over(self, now: datetime) -> bool:
        """Whether nothing of it may be sent any more."""

    async def message(self, recipient: Recipient, attempt: int) -> Message:
        """The message for Meta, with its delivery key. Raises NoTemplate and NoRouteLeft."""


async def send_one(
    cause: Cause,
    person: Recipient,
    attempt: int,
    post: Callable[[Mapping[str, Any]], Awaitable[SendOutcome]],
    may_go_on: Callable[[], Awaitable[bool]],
) -> tuple[SendOutcome, str]:
    """Sends by the first route that Meta does not close; returns the outcome and the route.

    may_go_on: awaited before a further route is tried; it keeps the pace, and says whether anything may still be sent.
    """
    while True:
        try:
            message = await cause.message(person, attempt)
        except NoRouteLeft as none:
            return Refused(none.code), none.route
        except NoTemplate:  # taken out of the town file meanwhile
            return Halted(TEMPLATE_MISSING), ""
        sent = await post(message.body)
        if not (isinstance(sent, Halted | Refused) and message.closes_route(sent.code)):
            return sent, message.route
        if not await may_go_on():
            return NotSent(sent.code), message.route


def is_meant(cause: Cause, person: Recipient) -> bool:
    """Whether this person was counted when the cause was released; whoever had left before was not."""
    return cause.reaches(person) and (person.left_at is None or person.left_at > cause.released_at)


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything in which sending a newsletter differs from sending an alert."""

    yields: bool
    """Whether it waits while a crisis holds the number."""
    parks: bool
    """Whether trouble of the whole number ends the run until somebody resumes it; an alert tries on until it is over.
    """

    def must_wait(self, control: Control, now: datetime) -> bool:
        return self.yields and control.crisis_at(now)


NEWSLETTER = Policy(yields=True, parks=True)
CRISIS = Policy(yields=False, parks=False)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the loop needs it: UTC for rows, monotonic seconds for pace, and a way to wait."""

    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]
    wait: Callable[[float], Awaitable[None]]


class EndReason(StrEnum):
    """Why an owner stopped working on its slice."""

    DONE = "done"
    HANDED_BACK = "handed back"
    PARKED = "parked"
    FENCED = "fenced"  # somebody else owns the slice now
    NOTHING = "nothing to do"


@dataclass(frozen=True, slots=True)
class SliceResult:
    """What one owner of a slice did."""

    ended: EndReason
    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    throttled: int = 0
    halted_by: int = 0
    """Meta's code, when it takes nothing from the number, or no template that the town has; 0: it takes them."""


@dataclass(frozen=True, slots=True)
class SenderPorts:
    """What a sender reads and writes."""

    audience: Audience
    slices: Slices
    deliveries: Deliveries
    controls: Controls
    graph: GraphApi
    queue: SliceQueue
    recheck: RecheckQueue | None = None
    """None: an unknown outcome is never sent again (newsletters)."""
    arrivals: Arrivals | None = None
    """None: whoever writes meanwhile is left no room (alerts go before answers)."""
