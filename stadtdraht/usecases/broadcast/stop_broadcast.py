"""Stops a broadcast within a second, or lets it go on without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.delivery.abandoned_slices import owner_is_gone
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.delivery import Controls, SliceQueue, Slices


def stop_broadcast(broadcast: Broadcast, town: Town, *, broadcasts: Broadcasts, controls: Controls) -> None:
    """Senders read the control item four times a second; what they have claimed and not sent stays in line."""
    controls.stop(town.id, town.number.phone_number_id, broadcast.broadcast_id, stopped=True)
    set_state(broadcast, BroadcastState.STOPPED, broadcasts)


def resume_broadcast(
    broadcast: Broadcast,
    town: Town,
    now: datetime,
    *,
    broadcasts: Broadcasts,
    controls: Controls,
    slices: Slices,
    queue: SliceQueue,
) -> int:
    """After a stop, after trouble at Meta was repaired, or when slices were given up. Returns how many slices go on.

    One whose owner has been silent goes on with whoever comes next; one that is being sent is left to its owner.
    """
    controls.stop(town.id, town.number.phone_number_id, broadcast.broadcast_id, stopped=False)
    set_state(broadcast, BroadcastState.RUNNING, broadcasts)
    going = []
    for snapshot in slices.snapshots(broadcast.broadcast_id):
        work_slice, progress = snapshot.work_slice, snapshot.progress
        if progress.state is SliceState.WAITING:
            going.append((work_slice, progress.handbacks))
        elif (progress.state is SliceState.PARKED or owner_is_gone(snapshot, now)) and (
            waiting := slices.resume(work_slice, progress, now)
        ):
            going.append((work_slice, waiting.handbacks))
    queue.put(going)
    return len(going)


def set_state(broadcast: Broadcast, state: BroadcastState, broadcasts: Broadcasts, halted_by: int = 0) -> None:
    """Whatever else changes at the same time: the last word is this one."""
    standing: Broadcast | None = broadcast
    while standing is not None and (standing.state is not state or standing.halted_by != halted_by):
        if broadcasts.replace(standing, replace(standing, state=state, halted_by=halted_by)):
            return
        standing = broadcasts.get(broadcast.broadcast_id)
