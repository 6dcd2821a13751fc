"""Before a newsletter gets its time: whether the town keeps what it promised its readers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.promise import PromiseBroken, too_often
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts

LOOKS_AT = 60  # newsletters: two a day for a month


def promise_trouble(broadcast: Broadcast, town: Town, at: datetime, now: datetime, broadcasts: Broadcasts) -> str:
    """What speaks against this time; "" for nothing. Reads the latest newsletters only where something is promised."""
    if town.promise is None:
        return ""
    return too_often(broadcast, town, at, now, broadcasts.recent(town.id, LOOKS_AT))


def keep_promise(broadcast: Broadcast, town: Town, at: datetime, now: datetime, broadcasts: Broadcasts) -> None:
    """Raises PromiseBroken."""
    if why := promise_trouble(broadcast, town, at, now, broadcasts):
        raise PromiseBroken(why)
