"""What becomes of an accepted message: sent, delivered, read, or failed, and when."""

import heapq
import time as clock
from dataclasses import dataclass
from typing import Any, Final

from local.whatsapp.config import Config
from local.whatsapp.model.chats import RANK, ChatMessage, Tick
from local.whatsapp.model.errors import as_status_error
from local.whatsapp.model.faults import Faults

_SHARE_OF_READERS: Final = 0.8
_FREE_SERVICE_MESSAGES: Final = 1000  # per number and month since 2026-10-01; Meta, Pricing
_REORDER_SPREAD_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Due:
    """A status that has come about; `before` is what the phone showed until then."""

    message: ChatMessage
    tick: Tick
    before: Tick
    time: float


class Statuses:
    """The future of accepted messages, soonest first."""

    def __init__(self, config: Config, faults: Faults) -> None:
        self._config = config
        self._faults = faults
        self._future: list[tuple[float, int, ChatMessage, Tick]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._future)

    def plan(self, message: ChatMessage, now: float) -> None:
        """From the message's present tick on: also used for what a restart has interrupted."""
        config = self._config
        if message.tick == "accepted":
            if message.error_code:
                self._at(now + config.delivered_after_ms / 1000, message, "failed")
                return
            self._at(now + config.sent_after_ms / 1000, message, "sent")
        if message.body["type"] == "reaction":
            return  # Meta tells nothing but `sent` of a reaction; Meta, Status messages webhook, 2026-09-11
        dice = self._faults.dice
        delivered = now + config.delivered_after_ms / 1000 * (0.6 + 0.8 * dice.random())
        will_read = message.chat.person.read_receipts and dice.random() < _SHARE_OF_READERS
        if not (will_read and self._faults.happens(self._faults.knobs.skip_delivered)):
            self._at(delivered, message, "delivered")
        if will_read:
            self._at(delivered + config.read_after_ms / 1000 * (0.4 + 1.2 * dice.random()), message, "read")

    def opened(self, message: ChatMessage, now: float) -> None:
        """The citizen looks at the chat: `read` comes at once, and `delivered` never will."""
        self._at(now, message, "read")

    def due(self, now: float) -> list[Due]:
        """Everything that has come about by `now`, in order; ticks on the phones have moved."""
        come: list[Due] = []
        while self._future and self._future[0][0] <= now:
            at, _, message, tick = heapq.heappop(self._future)
            before = message.tick
            if message.climb(tick) or self._faults.knobs.reorder:
                come.append(Due(message, tick, before, at))
        return come

    def _at(self, when: float, message: ChatMessage, tick: Tick) -> None:
        if self._faults.knobs.reorder:
            when += self._faults.dice.random() * _REORDER_SPREAD_S
        self._count += 1
        heapq.heappush(self._future, (when, self._count, message, tick))


def price(message: ChatMessage, now: float) -> dict[str, Any]:
    """The `pricing` of a message: its template's category, or `service` with the month's free 1,000."""
    if message.template is not None:
        return _pricing(message.template.category.lower(), "regular")
    month = clock.strftime("%Y-%m", clock.gmtime(now))
    counted = message.chat.number.service_messages_of_month
    counted[month] = counted.get(month, 0) + 1
    free = counted[month] <= _FREE_SERVICE_MESSAGES
    return _pricing("service", "free_customer_service" if free else "regular")


def _pricing(category: str, kind: str) -> dict[str, Any]:
    return {"billable": kind == "regular", "pricing_model": "PMP", "type": kind, "category": category}


def as_status(due: Due) -> dict[str, Any]:
    """The entry in a webhook's `statuses`. `pricing` stands on `sent` and on one of delivered and read."""
    message = due.message
    person = message.chat.person
    status: dict[str, Any] = {"id": message.id, "status": due.tick, "timestamp": str(int(due.time))}
    recipient_id = message.recipient_id or person.visible_wa_id
    if recipient_id:
        status["recipient_id"] = recipient_id
    if due.tick != "failed" or message.recipient_id is None:
        status["recipient_user_id"] = person.user_id
    if message.opaque is not None:
        status["biz_opaque_callback_data"] = message.opaque
    if due.tick == "failed" and message.error_code:
        status["errors"] = [as_status_error(message.error_code, "Message undeliverable.")]
    elif message.pricing and (due.tick == "sent" or RANK[due.before] < RANK["delivered"]):
        status["pricing"] = message.pricing
    return status
