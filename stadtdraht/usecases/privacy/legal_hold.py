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

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaStore
    from stadtdraht.ports.privacy import Erasures, Holds


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where it is kept."""

    citizens: Citizens
    holds: Holds
    media: MediaStore


@dataclass(frozen=True, slots=True)
class Released:
    """still: other holds on the same person. wrote_since: they asked to be erased, but have written again afterwards.

    proof: of the erasure that they had asked for.
    """

    still: tuple[Hold, ...] = ()
    wrote_since: bool = False
    proof: ErasureProof | None = None


def hold(wanted: Hold, keeping: Keeping, now: datetime) -> int:
    """Returns how many rows lost their end. Again is harmless: the hold that stands keeps its time and its wish."""
    standing = keeping.holds.of(wanted.town, (wanted.citizen_id,))
    if wanted.case not in [it.case for it in standing]:
        keeping.holds.save(wanted)
    return _keep(wanted, keeping, now)


def renew_holds(town: str, keeping: Keeping, now: datetime) -> int:
    """Rows that were written since get no end either, and files begin their time anew; every night."""
    return sum(_keep(it, keeping, now) for it in keeping.holds.all(town))


def release(hold: Hold, keeping: Keeping, now: datetime, *, erasures: Erasures, pepper: bytes) -> Released:
    """Rows get the end back that they had. The hold goes last, so that repeating it after a crash does the rest."""
    everyone = _everyone(keeping.citizens, hold)
    still = tuple(it for it in keeping.holds.of(hold.town, everyone) if it != hold)
    if still:
        if hold.wished_at:
            note_wish(OnHold(still), hold.wished_at, keeping.holds)
        keeping.holds.end(hold)
        return Released(still)
    keeping.holds.give_ends_back(hold.town, everyone)
    citizen = keeping.citizens.get(hold.town, everyone[0])
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
            citizens=keeping.citizens,
            media=keeping.media,
            erasures=erasures,
            holds=keeping.holds,
            pepper=pepper,
            released=hold,
        )
    keeping.holds.end(hold)
    keeping.holds.give_ends_back(hold.town, everyone)  # for a nightly renewal that was at it
    return Released((), wrote_since, proof)


def held_for_case(town: str, number: str, holds: Holds) -> Hold:
    """Raises NoHold."""
    return _one([it for it in holds.all(town) if it.case == number], number)


def held_for_person(town: str, citizen_id: str, citizens: Citizens, holds: Holds) -> Hold:
    """Raises NoHold."""
    everyone = (citizen_id, *citizens.joined(town, citizen_id))
    return _one([it for it in holds.of(town, everyone) if not it.case], citizen_id)


def held_people(town: str, citizens: Citizens, holds: Holds) -> frozenset[str]:
    """Ids of everybody whom a hold keeps."""
    return frozenset(who for it in holds.all(town) for who in _everyone(citizens, it))


def note_wish(why: OnHold, at: datetime, holds: Holds) -> bool:
    """Keeps that the person asked to be erased; False when a hold ended meanwhile, and it has to be looked at again."""
    noted = [holds.wish(it, at) for it in why.holds]
    return all(noted)


def _one(found: Sequence[Hold], whose: str) -> Hold:
    if not found:
        raise NoHold(whose)
    return found[0]


def _keep(hold: Hold, keeping: Keeping, now: datetime) -> int:
    everyone = _everyone(keeping.citizens, hold)
    for each in everyone:
        keeping.media.renew(hold.town, each, now - FILE_RENEWED_AFTER)
    return keeping.holds.take_ends(hold.town, everyone)


def _everyone(citizens: Citizens, hold: Hold) -> tuple[str, ...]:
    """Who they are now, and everybody who turned out to be them, whichever of them it was set for."""
    known = citizens.get(hold.town, hold.citizen_id)
    now = citizens.find(hold.town, known.identity) if known else None
    others = citizens.joined(hold.town, now.citizen_id) if now else ()
    if now and hold.citizen_id in others:
        return now.citizen_id, *others
    return hold.citizen_id, *citizens.joined(hold.town, hold.citizen_id)
