"""What a slice is sent for: the two policies, and what the loop must know of a newsletter or an alert."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.pace import CRISIS_SHARE, NEWSLETTER_SHARE
from stadtdraht.domain.slices import Control
from stadtdraht.domain.town import Offer
from stadtdraht.ports import Audience, Controls, Deliveries, GraphApi, RecheckQueue, SliceQueue, Slices


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

    def body(self, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
        """The message for Meta, with its delivery key."""


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
