"""Every id of one person: whatever is asked of a person is asked of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens


def whole_person(town_id: str, citizen_id: str, citizens: Citizens) -> tuple[str, ...]:
    """Who they are now, then everybody who turned out to be them, whichever of them is asked for."""
    known = citizens.get(town_id, citizen_id)
    now = citizens.find(town_id, known.identity) if known else None
    others = citizens.merged_ids(town_id, now.citizen_id) if now else ()
    if now and citizen_id in others:
        return now.citizen_id, *others
    return citizen_id, *citizens.merged_ids(town_id, citizen_id)
