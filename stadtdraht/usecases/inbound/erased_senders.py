"""What Meta brings late or again of somebody who was erased meanwhile: it makes no person of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.citizen import Citizen
from stadtdraht.usecases.inbound.parse_message import identity_in, previous_identity_in, time_told_in

if TYPE_CHECKING:
    from stadtdraht.usecases.inbound.load_context import InboundPorts

FORGOTTEN = "forgotten"  # the kind of a message whose content was deleted


def is_of_erased(
    town_id: str, raw: Mapping[str, Any], at: datetime, known: Citizen | None, ports: InboundPorts
) -> bool:
    """Whether the sender, known or not, was erased after they wrote this. Somebody whose newest message it is need not
    be looked up: who comes back after an erasure comes with a newer one.
    """
    told = identity_in(raw)
    if known and (known.last_inbound_at is None or at >= known.last_inbound_at):
        return False
    said_at = time_told_in(raw) or at
    names = [told, *filter(None, [previous_identity_in(raw)])]
    times = [erased_at for name in names if (erased_at := ports.erasures.erased_at(town_id, name))]
    return any(said_at < erased_at.replace(microsecond=0) for erased_at in times)  # Meta tells whole seconds


def is_forgotten(town_id: str, citizen_id: str, wamid: str, ports: InboundPorts) -> bool:
    """Whether the citizen had this message deleted."""
    message = ports.citizens.message(town_id, citizen_id, wamid)
    return message is not None and message.kind == FORGOTTEN
