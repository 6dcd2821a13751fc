"""Finds the person who wrote a message, also across a change of their number or BSUID."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.identifiers import citizen_id
from stadtdraht.domain.inbound.merged_citizens import CitizenPair
from stadtdraht.domain.inbound.turn import MergedCitizen
from stadtdraht.usecases.inbound.load_context import InboundPorts
from stadtdraht.usecases.inbound.parse_message import has_new_number, identity_in, previous_identity_in


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a message."""

    before: Citizen | None
    """As stored; None for somebody new."""
    citizen: Citizen
    """With the names that WhatsApp uses now."""
    names: tuple[WireIdentity, ...]
    """All that lead to this person from now on."""
    merged: MergedCitizen | None = None
    """Who was taken for another person until this message."""


def find_sender(town_id: str, raw: Mapping[str, Any], at: datetime, ports: InboundPorts) -> Sender:
    """Raises NotOurs for a message that names nobody."""
    told, previous = identity_in(raw), previous_identity_in(raw)
    found = ports.citizens.find(town_id, told)
    earlier = ports.citizens.find(town_id, previous) if previous else None
    before = earlier or (known_by_number(town_id, told, found, ports) if found else None) or found
    if before is None:  # their earlier change may still be on its way, and asks for the name before this one
        new = Citizen(citizen_id(ports.pepper, town_id, told), town_id, told)
        return Sender(None, new, (told, previous) if previous else (told,))
    merged = None
    citizen = before
    if found and found.citizen_id != before.citizen_id:
        pair = CitizenPair(before, found)
        citizen = pair.merged()
        merged = pair.retired(at, ports.cases.of_citizen(town_id, found.citizen_id))
    identity = _now(told, found, before) if has_new_number(raw) else _completed(told, before.identity)
    return Sender(before, replace(citizen, identity=identity), (identity, told), merged)


def known_by_number(town_id: str, told: WireIdentity, found: Citizen, ports: InboundPorts) -> Citizen | None:
    """Who was known by the number alone, when both names are told and the BSUID leads to somebody else: the office had
    imported them, and they wrote from an account that withheld the number.
    """
    if not told.is_whole or found.identity.phone:
        return None
    holder = ports.citizens.find(town_id, WireIdentity(None, told.phone))
    is_same = holder is not None and holder.citizen_id != found.citizen_id and not holder.identity.user_id
    return holder if is_same else None


def _now(told: WireIdentity, found: Citizen | None, before: Citizen) -> WireIdentity:
    """Both names anew, without what was before: the old number may be somebody else's soon. Whom the new BSUID leads to
    under yet another one has changed once more since.
    """
    later = found or before
    has_moved_on = found is not None and later.identity.user_id not in (None, told.user_id)
    return later.identity if has_moved_on else told


def _completed(told: WireIdentity, known: WireIdentity) -> WireIdentity:
    return WireIdentity(told.user_id or known.user_id, told.phone or known.phone)
