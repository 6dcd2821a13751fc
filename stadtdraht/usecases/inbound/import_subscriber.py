"""Imports one subscriber with the proof of consent; importing the same twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import ConsentAct, ConsentEntry, OfferConsent, WireIdentity
from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.inbound.turn import Overtaken
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.find_sender import new_citizen
from stadtdraht.usecases.inbound.store_turn import KeepsChanging, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.privacy import Erasures


class ImportResult(StrEnum):
    """What became of a line of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_SINCE = "left since"  # they withdrew after this consent: it does not come back
    ERASED = "erased"  # they had everything deleted; only they themselves may come back


def import_subscriber(
    town_id: str,
    identity: WireIdentity,
    offers: tuple[Offer, ...],
    *,
    topics: frozenset[str],
    district: str,
    language: str,
    consent_at: datetime,
    how: str,
    wording: str,
    citizens: Citizens,
    erasures: Erasures,
    pepper: bytes,
) -> ImportResult:
    """Raises KeepsChanging when the person changes at every try."""

    def attempt(_: int) -> ImportResult | Overtaken:
        before = citizens.find(town_id, identity)
        if before is None and erasures.is_marked(town_id, identity):
            return ImportResult.ERASED
        citizen = before or replace(new_citizen(town_id, identity, citizens, pepper), language=language)
        newer = tuple(
            offer
            for offer in offers
            if (current := citizen.consents.get(offer)) is None or (current.at < consent_at and not current.granted)
        )
        if not newer:
            left = any(not citizen.takes(offer) for offer in offers)
            return ImportResult.LEFT_SINCE if left else ImportResult.UNCHANGED
        source = f"import:{keyed_hash(pepper, f'{how}{wording}{consent_at.isoformat()}')}"
        entries = [ConsentEntry(offer, ConsentAct.GRANTED, consent_at, wording, how, source) for offer in newer]
        after = replace(
            citizen,
            district=district or citizen.district,
            topics=topics or citizen.topics,
            consents={**citizen.consents, **{offer: OfferConsent(granted=True, at=consent_at) for offer in newer}},
            version=citizen.version + 1,
        )
        if citizens.bring(before, after, entries):
            return ImportResult.CHANGED if before else ImportResult.NEW
        return Overtaken()

    if isinstance(result := until_stored(attempt), Overtaken):
        raise KeepsChanging("the person kept changing; import the file again")
    return result
