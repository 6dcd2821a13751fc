"""Staff begin the newsletter that tells people of a consultation; it goes out like every other one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, Item
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.texts.consultations import invitation
from stadtdraht.usecases.broadcast.writing.draft_from_feed import fitted

if TYPE_CHECKING:
    from datetime import datetime

    from stadtdraht.domain.broadcast.colleague import Colleague
    from stadtdraht.domain.consultations.consultation import Consultation
    from stadtdraht.domain.town import Town
    from stadtdraht.ports.broadcast import Broadcasts

DIGEST_DIGITS = 6


def announce_consultation(
    held: Consultation, town: Town, by: Colleague, now: datetime, broadcasts: Broadcasts, public_url: str
) -> Broadcast:
    """A draft with who is there and when, kept; the same one for every press of a day. Nobody gets it before it is
    released, nor once the hour is over. Raises NewsletterNotFit for a town without a template that has room.
    """
    title, teaser = invitation(held, town)
    item = Item(title, teaser, f"{public_url}/t/{town.id}", valid_until=held.closes_at)
    name = hashlib.sha256(f"consultation {held.id}".encode()).hexdigest()[:DIGEST_DIGITS]
    made = fitted(draft(town, (item,), DraftOptions(), by, now, name), town, public_url)
    broadcasts.create(made)
    return made
