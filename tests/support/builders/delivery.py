"""Broadcasts, slices and people for tests that name only what they are about."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Item
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind
from stadtdraht.domain.delivery.slices import Purpose, Slice
from stadtdraht.domain.town import Offer, OfferText, Template, Town
from tests.support.builders.crisis import a_town

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
CAUSE = "bocholt-n-20261124-abcdef"
LETTER = Template(
    "brief", "de", "MARKETING", "Neu bei uns: {{title}}. Kurz gesagt: {{teaser}} Mehr unter {{link}} im Netz."
)


def citizen_id(number: int) -> str:
    """Ids lie as evenly as real ones."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:20]


def person(number: int, **changes: Any) -> Recipient:
    identity = WireIdentity(phone=f"4917612{number:06d}")
    return replace(Recipient(citizen_id(number), identity, NOON - timedelta(days=30)), **changes)


def town(**changes: Any) -> Town:
    offers = (OfferText(Offer.NEWS, "News", "Neues."),)
    return a_town(offers=offers, newsletter_template="brief", templates=(LETTER,), **changes)


def broadcast(**changes: Any) -> Broadcast:
    made = Broadcast(
        broadcast_id=CAUSE,
        town="bocholt",
        items=(Item("Markt", "Am Samstag.", "https://x.example"),),
        template="brief",
        state=BroadcastState.RELEASED,
        created_at=NOON,
        released_at=NOON,
    )
    return replace(made, **changes)


def work_slice(**changes: Any) -> Slice:
    number = town().number.phone_number_id
    return replace(Slice("bocholt", CAUSE, Purpose.NEWSLETTER, number, 0, 1, 0, "0", "g", 0), **changes)


def outcome(number: int, kind: OutcomeKind = OutcomeKind.ACCEPTED, *, attempt: int = 1, reason: str = "") -> Outcome:
    return Outcome(DeliveryKey(CAUSE, citizen_id(number), attempt), kind, NOON, reason=reason)
