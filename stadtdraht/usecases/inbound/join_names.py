"""Two names that a status says are one person's: what was said under either counts for both from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.inbound.merged_citizens import CitizenPair
from stadtdraht.domain.inbound.turn import Committed, Overtaken, Turn
from stadtdraht.usecases.inbound.find_sender import known_by_number
from stadtdraht.usecases.inbound.store_turn import KeepsChanging, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.privacy import ErasureQueue
    from stadtdraht.usecases.inbound.load_context import InboundPorts


def join_names(town_id: str, told: WireIdentity, at: datetime, ports: InboundPorts, erasures: ErasureQueue) -> None:
    """Harmless to repeat. Who was erased under one name since the other last said something is erased under both.

    Raises KeepsChanging.
    """
    if erase_rest(town_id, told, ports, erasures):
        return

    def attempt(_: int) -> bool | Overtaken:
        turn = _turn(town_id, told, at, ports)
        return turn is None or isinstance(ports.citizens.commit(turn), Committed) or Overtaken()

    if isinstance(until_stored(attempt), Overtaken):
        raise KeepsChanging("two names of one person")


def erase_rest(town_id: str, told: WireIdentity, ports: InboundPorts, erasures: ErasureQueue) -> bool:
    """Hands on who is left of an erased person under their other name; whether there is somebody."""
    erased_at = ports.erasures.erased_at(town_id, told)
    if erased_at is None:
        return False
    left = {it.citizen_id for it in _known(town_id, told, ports) if (it.last_word_at or erased_at) <= erased_at}
    for citizen_id in sorted(left):
        erasures.put(town_id, citizen_id, erased_at)
    return bool(left)


def _turn(town_id: str, told: WireIdentity, at: datetime, ports: InboundPorts) -> Turn | None:
    """None where nothing is new, or where a name is somebody else's by now."""
    known = _known(town_id, told, ports)
    if not known or not all(_fits(it.identity, told) for it in known):
        return None
    first = known[0]
    if len(known) == 1:
        after = replace(first, identity=told, version=first.version + 1)
        return None if first.identity.is_whole else Turn(first, after, identities=(told,))
    second = known[1]
    if known_by_number(town_id, told, second, ports) is None:
        return None
    pair = CitizenPair(first, second)
    after = replace(pair.merged(), identity=told, version=first.version + 1)
    retired = pair.retired(at, ports.cases.of_citizen(town_id, second.citizen_id))
    return Turn(first, after, identities=(told,), merged=retired)


def _known(town_id: str, told: WireIdentity, ports: InboundPorts) -> list[Citizen]:
    """Whom the number leads to, then whom the BSUID leads to; one of them where both lead to the same."""
    names = (WireIdentity(None, told.phone), WireIdentity(told.user_id))
    found = [it for name in names if (it := ports.citizens.find(town_id, name))]
    return list({it.citizen_id: it for it in found}.values())


def _fits(known: WireIdentity, told: WireIdentity) -> bool:
    """Whether what is told only adds to what is known: a status may be older than a change of number."""
    return set(known.names) <= set(told.names)
