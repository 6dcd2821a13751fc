"""A draft goes to a colleague to be released, or back to its author."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast import four_eyes
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.load_broadcast import replace_stored
from stadtdraht.usecases.broadcast.writing.release_broadcast import check_with_links

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Links


def ask_release(
    broadcast: Broadcast,
    town: Town,
    request: ReleaseRequest,
    *,
    broadcasts: Broadcasts,
    links: Links | None,
    public_url: str,
) -> Broadcast:
    """Stored as waiting. Raises NotADraft, OwnRelease, NewsletterNotFit, ChangedMeanwhile."""
    after = four_eyes.asked(broadcast, request)
    check_with_links(after, town, request.starts_at or request.at, links=links, public_url=public_url)
    return replace_stored(broadcast, after, broadcasts)


def send_back(broadcast: Broadcast, by: Colleague, why: str, now: datetime, *, broadcasts: Broadcasts) -> Broadcast:
    """Stored with who gave it back, why and when. Raises NotADraft, NotAsked, ReasonMissing, ChangedMeanwhile."""
    return replace_stored(broadcast, four_eyes.sent_back(broadcast, by, why, now), broadcasts)
