"""Looks up what a verdict on a forwarded warning needs; most messages need nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtdraht.domain.inbound.forwarded_alert import Verdict, linked_in, may_be_a_copy, verdict_on
from stadtdraht.domain.message import IncomingMessage

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts

COMPARED_WITH = 10  # the town's newest alerts


def real_or_not(town: str, message: IncomingMessage, *, alerts: Alerts) -> Verdict | None:
    """None for an ordinary message. The message's own time decides whether an alert still holds."""
    link = linked_in(message.text)
    linked = alerts.get(link) if link else None
    if not link and not may_be_a_copy(message):
        return None
    recent = () if linked else alerts.recent(town, limit=COMPARED_WITH)
    return verdict_on(message, linked, recent, message.at)
