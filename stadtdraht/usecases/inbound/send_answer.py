"""Sends one answer, once, whoever hands it over and however often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, assert_never

from stadtdraht.domain.conversation import SERVICE_WINDOW
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Halted, NotSent, Refused, SendOutcome, Unknown
from stadtdraht.domain.inbound.answer import AnswerRef, Send, Settled, Wait
from stadtdraht.domain.whatsapp.error_codes import WINDOW_CLOSED

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Answers
    from stadtdraht.ports.whatsapp import GraphApi

TOO_LATE = Refused(WINDOW_CLOSED)  # what Meta would say as well, unless the person has written anew: then it is stale
PAUSES_S = (1.0, 2.0, 4.0)  # between tries that certainly sent nothing


async def send_answer(
    ref: AnswerRef,
    phone_number_id: str,
    *,
    answers: Answers,
    graph: GraphApi,
    clock: Callable[[], datetime],
    wait: Callable[[float], Awaitable[None]],
    tell: Callable[[SendOutcome | Settled | Wait], None],
) -> bool:
    """Whether it is settled: sent, refused, or somebody else's. False: it must be looked at again later.

    `tell` hears what became of each try: of what Meta refused nobody else would, since the person only hears nothing.
    """
    for pause_s in (*PAUSES_S, 0.0):
        match answers.claim(ref, clock()):
            case Settled() | Wait() as end:
                tell(end)
                return isinstance(end, Settled)
            case Send() as claim:
                late = _is_too_late(claim, clock())
                outcome = TOO_LATE if late else await graph.send(ref.town, phone_number_id, _body(claim))
                answers.record(ref, claim.attempt, outcome, clock())
            case never:
                assert_never(never)
        tell(outcome)
        match outcome:
            case Accepted() | Refused():
                return True
            case Unknown() | Halted():
                return False
            case NotSent():
                await wait(pause_s)
    return False


def _is_too_late(claim: Send, now: datetime) -> bool:
    """Free words a day after their cause: out of the dead letters, or of a queue that stood still."""
    return claim.answer.body.get("type") != "template" and now - claim.answer.ref.at > SERVICE_WINDOW


def _body(claim: Send) -> dict[str, Any]:
    """The whole body. The phone number where we know it, else the BSUID; Meta, Business-scoped user ids, 2026-09."""
    ref, one_name = claim.answer.ref, not (claim.to_user_id and claim.to_phone)
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **({"to": f"+{claim.to_phone}"} if claim.to_phone else {"recipient": claim.to_user_id}),
        **claim.answer.body,
        "biz_opaque_callback_data": str(DeliveryKey(ref.cause, ref.citizen_id, claim.attempt, one_name=one_name)),
    }
