"""What a webhook notes beside the messages that it stores: how many came, so that a newsletter leaves them room."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind
from stadtdraht.domain.retention import ARRIVAL

FRESH = timedelta(minutes=1)  # what Meta brings later was counted by it long ago


def arrival_rows(updates: Iterable[InboxUpdate]) -> list[Mapping[str, Any]]:
    """One for each town that fresh messages came to; a webhook that brings statuses only costs nothing."""
    now = datetime.now(UTC)
    messages = (it for it in updates if it.kind is UpdateKind.MESSAGE and it.town != UNROUTED and now - it.at <= FRESH)
    return [
        {
            "pk": keys.arrivals(town),
            "sk": keys.arrival(now, token_hex(4)),
            "messages": count,
            "expires_at": int((now + ARRIVAL).timestamp()),
        }
        for town, count in Counter(it.town for it in messages).items()
    ]
