"""A citizen as their profile keeps them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.conversations import conversation_in, conversation_text
from stadtdraht.adapters.dynamodb.inbound.dialogues import dialogue_of, dialogue_values
from stadtdraht.adapters.dynamodb.table import Item
from stadtdraht.domain.citizen import Citizen, OfferConsent, WireIdentity
from stadtdraht.domain.town import Offer

PROFILE_SHAPE: Final = 2  # 1: times of a question as the clock wrote them, or none


def profile_row(citizen: Citizen) -> Item:
    """All that is known of them now, in one row; guarded by its version."""
    return {
        "pk": keys.citizen(citizen.town, citizen.citizen_id),
        "sk": keys.PROFILE,
        keys.SHAPE: PROFILE_SHAPE,
        "user_id": citizen.identity.user_id,
        "phone": citizen.identity.phone,
        "name": citizen.name or None,
        "language": citizen.language,
        "district": citizen.district or None,
        "topics": sorted(citizen.topics) or None,
        "consents": json.dumps({offer: _consent_row(consent) for offer, consent in citizen.consents.items()}),
        **dialogue_values(citizen.dialogue),
        "conversation": conversation_text(citizen.conversation) if citizen.conversation else None,
        "last_inbound_at": keys.instant(citizen.last_inbound_at) if citizen.last_inbound_at else None,
        "version": citizen.version,
    }


def citizen_of(town: str, citizen_id: str, row: Mapping[str, Any]) -> Citizen:
    """The reverse of `profile_row`."""
    consents = json.loads(row["consents"])
    seen = row.get("last_inbound_at")
    return Citizen(
        citizen_id=citizen_id,
        town=town,
        identity=WireIdentity(row.get("user_id"), row.get("phone")),
        name=row.get("name", ""),
        language=row.get("language", "de"),
        district=row.get("district", ""),
        topics=frozenset(row.get("topics", ())),
        consents={Offer(offer): _consent(row) for offer, row in consents.items()},
        dialogue=dialogue_of(row),
        conversation=conversation_in(row["conversation"]) if "conversation" in row else None,
        last_inbound_at=keys.parse_instant(seen) if seen else None,
        version=int(row["version"]),
    )


def _consent_row(consent: OfferConsent) -> dict[str, Any]:
    first = {"first_at": keys.instant(consent.first_at)} if consent.first_at else {}
    return {"granted": consent.granted, "at": keys.instant(consent.at), **first}


def _consent(row: Mapping[str, Any]) -> OfferConsent:
    first = row.get("first_at")
    return OfferConsent(row["granted"], keys.parse_instant(row["at"]), keys.parse_instant(first) if first else None)
