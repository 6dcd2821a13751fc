"""A delivery is one recipient of one cause: its key, what Meta said to it, and the state we show.

Protocol: decision 0003, docs/architecture.md. Nothing here sends.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Self, assert_never

from stadtdraht.domain.errors import NotADeliveryKey
from stadtdraht.domain.whatsapp.error_codes import TEMPLATE_REFUSED

BY_TEXT = "text"  # the route of an alert that went out as free words, within a service window
MARK = "sd1"  # version of the key's form, first in every key
OF_ANSWER = "a."  # what the cause of an answer begins with; domain/inbound/answer.py
ONE_NAME = "1"  # last in the keys of people whom we know by their number alone, or by their BSUID alone


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """What every send carries as `biz_opaque_callback_data` (at most 512 characters) and every status brings back.

    It holds no personal data: `citizen_id` is opaque.
    """

    cause: str
    """Id of a broadcast or alert ("bocholt-n-20261124-4f7k2p"), or "a." + id of an answer."""
    citizen_id: str
    attempt: int = 1
    """Above 1 only where an alert or an answer was sent again after an unknown outcome."""
    one_name: bool = field(default=False, compare=False)
    """Whether the person had one name only when this was sent: then a status that says both is news to us. The key
    carries it, so that taking a status in costs no read.
    """

    @property
    def is_of_answer(self) -> bool:
        return self.cause.startswith(OF_ANSWER)

    def __str__(self) -> str:
        key = f"{MARK}:{self.cause}:{self.citizen_id}:{self.attempt}"
        return f"{key}:{ONE_NAME}" if self.one_name else key

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key a status brings back. Raises NotADeliveryKey for anything we did not write."""
        match text.split(":"):
            case [mark, cause, citizen_id, attempt, *names] if mark == MARK and cause and citizen_id:
                if attempt.isdigit() and names in ([], [ONE_NAME]):
                    return cls(cause, citizen_id, int(attempt), one_name=bool(names))
        raise NotADeliveryKey


class Status(StrEnum):
    """What Meta reports about a message it accepted. Source: Meta, status webhook, 2026-09-11."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


class State(IntEnum):
    """The state shown for a delivery: always the highest that any row supports, in whatever order rows arrive.

    NOT_SENT, UNKNOWN and REFUSED come from our own outcome; ACCEPTED and above prove that Meta took the message.
    FAILED is below DELIVERED: proof of arrival outranks a report of failure.
    """

    NOT_SENT = 0
    UNKNOWN = 1
    REFUSED = 2
    ACCEPTED = 3
    SENT = 4
    FAILED = 5
    DELIVERED = 6
    READ = 7


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message and will report on it under this wamid."""

    wamid: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent, and sending later may work (130429, connect error): the recipient stays in line."""

    code: int
    throttled: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Certainly not sent, and never will be to this recipient: Meta's code says why."""

    code: int


@dataclass(frozen=True, slots=True)
class Halted:
    """The whole number or template cannot send (token, account, payment, template paused): the run stops."""

    code: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no clear answer came: only a status can tell."""

    reason: str


SendOutcome = Accepted | NotSent | Refused | Halted | Unknown


def is_of_template(reason: str) -> bool:
    """Whether Meta refused a message because of its template, whoever it was for."""
    return reason.isdigit() and int(reason) in TEMPLATE_REFUSED


class OutcomeKind(StrEnum):
    """What the outcome row of a delivery says."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Our own row about one delivery."""

    key: DeliveryKey
    kind: OutcomeKind
    at: datetime
    wamid: str = ""
    """Meta's id of the message; "" unless Meta accepted it."""
    reason: str = ""
    """Meta's code as text, or ours ("opted_out", "expired", "stopped")."""
    route: str = ""
    """How an alert went out: the name of its template, or BY_TEXT; "" for a newsletter, which has one route only."""


def outcome_of(sent: SendOutcome, key: DeliveryKey, at: datetime, route: str = "") -> Outcome:
    """The row about one try to send."""
    match sent:
        case Accepted(wamid):
            return Outcome(key, OutcomeKind.ACCEPTED, at, wamid=wamid, route=route)
        case Refused(code):
            return Outcome(key, OutcomeKind.REFUSED, at, reason=str(code), route=route)
        case NotSent(code) | Halted(code):
            return Outcome(key, OutcomeKind.NOT_SENT, at, reason=str(code), route=route)
        case Unknown(reason):
            return Outcome(key, OutcomeKind.UNKNOWN, at, reason=reason, route=route)
    assert_never(sent)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One status of Meta's about one delivery; its own small row, so that order and repetition do not matter."""

    key: DeliveryKey
    status: Status
    at: datetime
    wamid: str
    code: int | None = None
    pricing_category: str = ""
    pricing_type: str = ""


_STATE_OF_OUTCOME = {
    OutcomeKind.ACCEPTED: State.ACCEPTED,
    OutcomeKind.REFUSED: State.REFUSED,
    OutcomeKind.UNKNOWN: State.UNKNOWN,
    OutcomeKind.NOT_SENT: State.NOT_SENT,
}
_STATE_OF_STATUS = {
    Status.SENT: State.SENT,
    Status.FAILED: State.FAILED,
    Status.DELIVERED: State.DELIVERED,
    Status.READ: State.READ,
    Status.PLAYED: State.READ,
}


def state_of(rows: list[OutcomeKind | Status]) -> State:
    """The state to show for a delivery, from all of its rows; there is at least one."""
    return max(_STATE_OF_OUTCOME[row] if isinstance(row, OutcomeKind) else _STATE_OF_STATUS[row] for row in rows)
