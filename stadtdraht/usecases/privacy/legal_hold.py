"""Keeps what a person said and sent for a procedure, until staff release it; a wish to be erased waits so long.

A hold is for the whole person, also when it is set for a case: words, files and consents around it are the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.privacy.legal_hold import FILE_RENEWED_AFTER, Hold, NoHold, OnHold
from stadtdraht.domain.privacy.privacy import CITIZEN, ErasureProof
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.whole_person import whole_person

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaStore
    from stadtdraht.ports.privacy import Erasures, Holds


@dataclass(frozen=True, slots=True)
class HoldPorts:
    """Where people, their holds and their files stand."""

    citizens: Citizens
    holds: Holds
    media: MediaStore


@dataclass(frozen=True, slots=True)
class LiftResult:
    """What became of a hold that was lifted."""

    still: tuple[Hold, ...] = ()
    """Other holds on the same person."""
    wrote_since: bool = False
    """They asked to be erased, but have written again afterwards."""
    proof: ErasureProof | None = None
    """Of the erasure that they had asked for."""


def set_hold(wanted: Hold, ports: HoldPorts, now: datetime) -> int:
    """Returns how many rows lost their end. Again is harmless: the hold that stands keeps its time and its wish."""
    stored = ports.holds.of(wanted.town, whole_person(wanted.town, wanted.citizen_id, ports.citizens))
    if wanted.case not in [it.case for it in stored]:
        ports.holds.save(wanted)
    return _keep(wanted, ports, now)


def renew_holds(town_id: str, ports: HoldPorts, now: datetime) -> int:
    """Rows that were written since get no end either, and files begin their time anew; every night."""
    return sum(_keep(it, ports, now) for it in ports.holds.all(town_id))


def lift_hold(hold: Hold, ports: HoldPorts, now: datetime, *, erasures: Erasures, pepper: bytes) -> LiftResult:
    """Rows get the end back that they had. The hold goes last, so that repeating it after a crash does the rest."""
    everyone = whole_person(hold.town, hold.citizen_id, ports.citizens)
    still = tuple(it for it in ports.holds.of(hold.town, everyone) if it != hold)
    if still:
        if hold.wished_at:
            note_wish(OnHold(still), hold.wished_at, ports.holds)
        ports.holds.end(hold)
        return LiftResult(still)
    ports.holds.give_ends_back(hold.town, everyone)
    citizen = ports.citizens.get(hold.town, everyone[0])
    seen = citizen.last_inbound_at if citizen else None
    wrote_since = bool(hold.wished_at and seen and seen > hold.wished_at)
    proof = None
    if hold.wished_at and not wrote_since:
        proof = erase_citizen(
            hold.town,
            everyone[0],
            by=CITIZEN,
            asked_at=hold.wished_at,
            now=now,
            citizens=ports.citizens,
            media=ports.media,
            erasures=erasures,
            holds=ports.holds,
            pepper=pepper,
            lifted=hold,
        )
    ports.holds.end(hold)
    ports.holds.give_ends_back(hold.town, everyone)  # for a nightly renewal that was at it
    return LiftResult((), wrote_since, proof)


def held_for_case(town_id: str, number: str, holds: Holds) -> Hold:
    """Raises NoHold."""
    return _one([it for it in holds.all(town_id) if it.case == number], number)


def held_for_person(town_id: str, citizen_id: str, citizens: Citizens, holds: Holds) -> Hold:
    """Raises NoHold."""
    everyone = whole_person(town_id, citizen_id, citizens)
    return _one([it for it in holds.of(town_id, everyone) if not it.case], citizen_id)


def held_people(town_id: str, citizens: Citizens, holds: Holds) -> frozenset[str]:
    """Ids of everybody whom a hold keeps."""
    return frozenset(who for it in holds.all(town_id) for who in whole_person(town_id, it.citizen_id, citizens))


def note_wish(why: OnHold, at: datetime, holds: Holds) -> bool:
    """Keeps that the person asked to be erased; False when a hold ended meanwhile, and it has to be looked at again."""
    noted = [holds.wish(it, at) for it in why.holds]
    return all(noted)


def _one(found: Sequence[Hold], whose: str) -> Hold:
    if not found:
        raise NoHold(whose)
    return found[0]


def _keep(hold: Hold, ports: HoldPorts, now: datetime) -> int:
    everyone = whole_person(hold.town, hold.citizen_id, ports.citizens)
    for each in everyone:
        ports.media.renew(hold.town, each, now - FILE_RENEWED_AFTER)
    return ports.holds.take_ends(hold.town, everyone)
