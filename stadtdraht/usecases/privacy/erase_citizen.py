"""Erases a person: everything that names them, or that they said, sent or got. Art. 17 GDPR."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.privacy.legal_hold import Hold, OnHold
from stadtdraht.domain.privacy.privacy import ErasureProof
from stadtdraht.usecases.privacy.whole_person import whole_person

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaStore
    from stadtdraht.ports.privacy import Erasures, Holds

NAME_DIGITS = 12


def erase_citizen(
    town_id: str,
    citizen_id: str,
    *,
    by: str,
    asked_at: datetime,
    now: datetime,
    citizens: Citizens,
    media: MediaStore,
    erasures: Erasures,
    holds: Holds,
    pepper: bytes,
    lifted: Hold | None = None,
) -> ErasureProof:
    """What was erased. Harmless to repeat, and whole after a crash anywhere: the rows that lead to the rest go last.

    It is the whole person, also where `citizen_id` turned out to be somebody else's since it was put in line.
    Raises OnHold while somebody keeps it for a procedure; `lifted` is the hold that is just being ended.

    What stays: marks of keyed hashes, so that an import brings nobody back, and a proof that names nobody.
    """
    ids = whole_person(town_id, citizen_id, citizens)
    citizen_id = ids[0]
    if held := [it for it in holds.of(town_id, ids) if it != lifted]:
        raise OnHold(held)
    name = keyed_hash(pepper, f"erased\n{town_id}\n{citizen_id}", NAME_DIGITS)
    begun = [it for it in erasures.proofs(town_id) if (it.name, it.asked_at) == (name, asked_at)]
    names = citizens.names(town_id, citizen_id)
    rows = Counter(row["sk"].partition("#")[0].lower() for row in citizens.rows(town_id, citizen_id))
    files = sum(len(media.keys(town_id, each)) for each in ids)
    found = begun[0] if begun else ErasureProof(town_id, name, asked_at, by, dict(rows), files)
    erasures.prove(found)
    erasures.mark(town_id, names, now)
    for each in ids:
        media.erase(town_id, each)
    citizens.erase(town_id, citizen_id)
    for each in ids:
        media.erase(town_id, each)  # a fetch that was under way when the rows went
    done = replace(found, done_at=now)
    erasures.prove(done)
    return done
