"""Finds the person who wrote a message, also across a change of their number or BSUID."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.identifiers import citizen_id
from stadtdraht.domain.inbound.merged_citizens import CitizenPair
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.inbound.turn import MergedCitizen
from stadtdraht.usecases.inbound.load_context import InboundPorts
from stadtdraht.usecases.inbound.parse_message import has_new_number, identity_in, previous_identity_in

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a message."""

    before: Citizen | None
    """As stored; None for somebody new."""
    citizen: Citizen
    """With the names that WhatsApp uses now."""
    names: tuple[WireIdentity, ...]
    """All that lead to this person from now on."""
    given_up: tuple[tuple[str, datetime], ...] = ()
    """The number that they had until this message said so."""
    since: datetime | None = None
    """When their number, new to us, was given up by somebody else."""
    merged: MergedCitizen | None = None
    """Who was taken for another person until this message."""


def find_sender(town_id: str, raw: Mapping[str, Any], at: datetime, named: Named, ports: InboundPorts) -> Sender:
    """`named`: what the names in `raw` lead to at this moment. Raises NotOurs for a message that names nobody."""
    told, previous, found = identity_in(raw), previous_identity_in(raw), named.citizen
    earlier = ports.citizens.find(town_id, previous, at) if previous else None
    before = earlier or (known_by_number(town_id, told, found, ports) if found else None) or found
    if before is None:  # their earlier change may still be on its way, and asks for the name before this one
        if named.new_id:
            new = Citizen(named.new_id, town_id, told)
        else:
            new = new_citizen(town_id, told, ports.citizens, ports.pepper)
        names = (told, previous) if previous else (told,)
        given_up = _given_up(town_id, raw, new, at, ports)
        return Sender(None, new, names, given_up=given_up, since=named.given_up_at)
    merged = None
    citizen = before
    if found and found.citizen_id != before.citizen_id:
        pair = CitizenPair(before, found)
        citizen = pair.merged()
        merged = pair.retired(at, ports.cases.of_citizen(town_id, found.citizen_id))
    is_late = before.last_inbound_at is not None and at < before.last_inbound_at  # newer words said newer names
    if has_new_number(raw):
        identity = _now(told, found, before)
    else:
        identity = _completed(before.identity, told) if is_late else _completed(told, before.identity)
    after = replace(citizen, identity=identity)
    return Sender(
        before,
        after,
        names=(identity,) if is_late else (identity, told),
        given_up=_given_up(town_id, raw, after, at, ports),
        since=_since(before, after, ports),
        merged=merged,
    )


def new_citizen(town_id: str, told: WireIdentity, citizens: Citizens, pepper: bytes) -> Citizen:
    """Somebody whom no name leads to. Whoever had their number before keeps the id that came from it."""
    owners_before = 0
    while citizens.get(town_id, who := citizen_id(pepper, town_id, told, owners_before)):
        owners_before += 1
    return Citizen(who, town_id, told)


def _given_up(
    town_id: str, raw: Mapping[str, Any], after: Citizen, at: datetime, ports: InboundPorts
) -> tuple[tuple[str, datetime], ...]:
    """The old number of a reported change, unless it is somebody else's already, or theirs again."""
    previous = previous_identity_in(raw) if has_new_number(raw) else None
    if previous is None or previous.phone is None or previous.phone in after.identity.spelt:
        return ()
    holder = ports.citizens.find(town_id, WireIdentity(None, previous.phone), at)
    return () if holder and holder.citizen_id != after.citizen_id else ((previous.phone, at),)


def known_by_number(town_id: str, told: WireIdentity, found: Citizen, ports: InboundPorts) -> Citizen | None:
    """Who was known by the number alone, when both names are told and the BSUID leads to somebody else: the office had
    imported them, and they wrote from an account that withheld the number.
    """
    if not told.is_whole or found.identity.phone:
        return None
    holder = ports.citizens.find(town_id, WireIdentity(None, told.phone))
    is_same = holder is not None and holder.citizen_id != found.citizen_id and not holder.identity.user_id
    return holder if is_same else None


def _since(before: Citizen, after: Citizen, ports: InboundPorts) -> datetime | None:
    phone = after.identity.phone
    is_new = phone and phone not in before.identity.spelt
    return ports.citizens.given_up_at(after.town, phone) if phone and is_new else None


def _now(told: WireIdentity, found: Citizen | None, before: Citizen) -> WireIdentity:
    """Both names anew, without what was before: the old number may be somebody else's soon. Whom the new BSUID leads to
    under yet another one has changed once more since.
    """
    later = found or before
    has_moved_on = found is not None and later.identity.user_id not in (None, told.user_id)
    return later.identity if has_moved_on else told


def _completed(newer: WireIdentity, older: WireIdentity) -> WireIdentity:
    return WireIdentity(newer.user_id or older.user_id, newer.phone or older.phone)
