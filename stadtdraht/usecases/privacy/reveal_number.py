"""Shows a telephone number to who has to ring: written down first, then counted, then shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import StaffAct
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.turn import Committed, Note, Overtaken, Turn
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry, person_in_audit
from stadtdraht.domain.town import Town
from stadtdraht.usecases.inbound.store_turn import KeepsChanging, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.privacy import Audit, Figures

METRIC = "NumberRevealed"
WHY_CHARACTERS = 300


class NoReason(StadtdrahtError):
    """Nobody sees a number without saying why."""

    def __init__(self) -> None:
        super().__init__(f"Bitte den Grund nennen (höchstens {WHY_CHARACTERS} Zeichen): er steht im Protokoll.")


class NoNumber(StadtdrahtError):
    """WhatsApp tells the town no number of this person."""

    def __init__(self, town: Town, citizen_id: str) -> None:
        super().__init__(f"{town.name} kennt von {citizen_id} keine Telefonnummer: die Person gibt sie nicht preis.")
        self.town_id = town.id
        self.citizen_id = citizen_id


@dataclass(frozen=True, slots=True)
class RevealPorts:
    """Where the act is kept."""

    citizens: Citizens
    audit: Audit
    figures: Figures
    pepper: bytes


@dataclass(frozen=True, slots=True)
class Revealed:
    """A number that was just shown."""

    phone: str
    """E.164 digits without "+"."""
    is_counted: bool


def reveal_number(town: Town, citizen: Citizen, by: str, why: str, now: datetime, ports: RevealPorts) -> Revealed:
    """The number, once the act is durable. Colleagues see the act in the person's history, too.

    Raises NoReason, NoNumber, KeepsChanging; then nothing was shown.
    """
    why = " ".join(why.split())
    if not 0 < len(why) <= WHY_CHARACTERS:
        raise NoReason
    if not citizen.identity.phone:
        raise NoNumber(town, citizen.citizen_id)
    person = person_in_audit(ports.pepper, town.id, citizen.citizen_id)
    ports.audit.record(AuditEntry(town.id, now, AuditedAct.REVEALED, by, why, person))

    def attempt(_: int) -> bool | Overtaken:
        current = ports.citizens.get(town.id, citizen.citizen_id)
        if current is None:
            raise NoNumber(town, citizen.citizen_id)  # erased a moment ago
        done = Note(now, by, why, StaffAct.REVEALED)
        turn = Turn(current, replace(current, version=current.version + 1), note=done)
        return isinstance(ports.citizens.commit(turn), Committed) or Overtaken()

    if isinstance(until_stored(attempt), Overtaken):
        raise KeepsChanging(f"citizen {citizen.citizen_id}")
    return Revealed(citizen.identity.phone, ports.figures.count(METRIC))
