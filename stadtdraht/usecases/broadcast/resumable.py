"""Whether a newsletter can go on, and what to do instead when it cannot."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.portions import last_cut_at
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.broadcast_status import is_finished
from stadtdraht.usecases.broadcast.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.release_broadcast import NotReleased
from stadtdraht.usecases.broadcast.stop_broadcast import set_state

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Schedule
    from stadtdraht.ports.delivery import Controls, Slices


class NothingToResume(StadtdrahtError):
    """There is nobody left to whom it could go on; the text says why, and what to do instead."""


def check_resumable(broadcast: Broadcast, town: Town, now: datetime, *, slices: Slices) -> None:
    """Raises NotReleased for a draft, and NothingToResume for what is finished or past its time."""
    if broadcast.state is BroadcastState.DRAFT:
        raise NotReleased(broadcast)
    the_id, states = broadcast.broadcast_id, [progress.state for _, progress in slices.all(broadcast.broadcast_id)]
    if is_finished(broadcast, states):
        raise NothingToResume(
            f"{the_id} is finished: everybody it was for has had their turn. Who got it: `stadtdraht broadcast report "
            f"{the_id}`; of whom nobody knows: `stadtdraht broadcast unknown {the_id}`"
        )
    newsletter = Newsletter(broadcast, town)
    if newsletter.over(now) and not _has_a_portion_to_come(broadcast, now):
        raise NothingToResume(
            f"{the_id} is over: nothing of it goes out since {newsletter.over_at:%Y-%m-%d %H:%M} UTC. Who did not get "
            f"it: `stadtdraht broadcast report {the_id}`; what still holds goes out as a new one: "
            "`stadtdraht broadcast draft`"
        )


def _has_a_portion_to_come(broadcast: Broadcast, now: datetime) -> bool:
    """Of one over several days, whose next hour was missed, say."""
    return broadcast.next_at is not None and now <= last_cut_at(broadcast)


def schedule_again(
    broadcast: Broadcast,
    town: Town,
    starts_at: datetime,
    *,
    broadcasts: Broadcasts,
    controls: Controls,
    schedule: Schedule,
) -> None:
    """One that was stopped before its hour: it goes out at that hour, and no earlier."""
    controls.stop(town.id, town.number.phone_number_id, broadcast.broadcast_id, stopped=False)
    set_state(broadcast, BroadcastState.SCHEDULED, broadcasts)
    schedule.at(broadcast.broadcast_id, town.id, starts_at)
