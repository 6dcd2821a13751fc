"""What Meta refused, as it is logged wherever something is sent: with town, correlation and Meta's code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import (
    Accepted,
    DeliveryKey,
    Halted,
    NotSent,
    Refused,
    SendOutcome,
    Unknown,
)
from stadtdraht.domain.errors import NotADeliveryKey

if TYPE_CHECKING:
    from stadtdraht.ports.whatsapp import GraphApi

KINDS = {Refused: "refused", Halted: "halted", NotSent: "not sent", Unknown: "unclear"}


def report_refusal(log: Logger, what: str, sent: Refused | Halted | NotSent | Unknown, **about: Any) -> None:
    """One line. Meta's code is 0 where it gave none: no connection, or no clear answer."""
    code = 0 if isinstance(sent, Unknown) else sent.code
    more: dict[str, Any] = {"why": sent.reason} if isinstance(sent, Unknown) else {}
    log.warning(what, **about, code=code, **more)


@dataclass(frozen=True, slots=True)
class ReportingGraph:
    """The door out, which tells the log what Meta refused; on the way of an alert, also each route that it closed."""

    graph: "GraphApi"
    log: Logger

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        sent = await self.graph.send(town, phone_number_id, body)
        if not isinstance(sent, Accepted):
            report_refusal(self.log, f"message {KINDS[type(sent)]}", sent, town=town, **_about(body))
        return sent


def _about(body: Mapping[str, Any]) -> Mapping[str, str]:
    try:
        key = DeliveryKey.parse(str(body.get("biz_opaque_callback_data", "")))
    except NotADeliveryKey:  # a test for colleagues
        return {}
    return {"cause": key.cause, "correlation": correlation.of_delivery(key.cause, key.citizen_id)}
