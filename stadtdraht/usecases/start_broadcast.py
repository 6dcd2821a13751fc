"""Starts a released broadcast: counts, writes the cut down, stores the slices, hands them to the senders.

May be repeated at any point: a scheduler that fires twice or a crash in the middle ends in the same slices, each queued
once.
"""

from dataclasses import dataclass, replace

from stadtdraht.domain.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.planning import lanes_and_slices, slices_of
from stadtdraht.domain.slices import SliceState
from stadtdraht.ports import Audience, Broadcasts, SliceQueue, Slices, Towns
from stadtdraht.usecases.plan_broadcast import Plan, plan


class NoSuchBroadcast(StadtdrahtError):
    """Nobody released a broadcast of this id in this town."""

    def __init__(self, broadcast_id: str) -> None:
        super().__init__(f"there is no broadcast {broadcast_id}; `stadtdraht broadcast list --town …` shows the latest")


class TooManyForPortfolio(StadtdrahtError):
    """Meta would refuse the rest of it today."""

    def __init__(self, found: Plan) -> None:
        room = f"Meta's limit of {found.portfolio_limit} a day for this number's portfolio"
        if found.crisis_reserve:
            room += f", of which {found.crisis_reserve} stay free for people who take warnings only"
        portions = f"in portions it would take {found.days} days" if found.days else "portions do not help either"
        super().__init__(
            f"{found.planned} people do not fit into {room}; {portions}. Narrow it by --topic or --district, or raise "
            "number.portfolio_limit in the town file once Meta has"
        )


@dataclass(frozen=True, slots=True)
class Started:
    """planned: people. slices: handed to the senders now."""

    planned: int
    slices: int


def start_broadcast(
    town_id: str,
    broadcast_id: str,
    *,
    towns: Towns,
    broadcasts: Broadcasts,
    audience: Audience,
    slices: Slices,
    queue: SliceQueue,
) -> Started:
    """Raises NoSuchBroadcast, TooManyForPortfolio, UnknownTown."""
    town = towns.get(town_id)
    broadcast = broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.town != town_id:
        raise NoSuchBroadcast(broadcast_id)
    if broadcast.state in (BroadcastState.STOPPED, BroadcastState.HALTED):
        return Started(broadcast.planned, 0)
    if not broadcast.lanes:
        found = plan(broadcast, town, audience=audience)
        if not found.fits:
            raise TooManyForPortfolio(found)
        lanes, per_lane = lanes_and_slices(found.planned, town.number.rate_mps)
        cut = replace(broadcast, planned=found.planned, lanes=lanes, slices_per_lane=per_lane)
        broadcast = _written(broadcast, replace(cut, planned_cost_eur=str(found.cost_eur)), broadcasts)
    pieces = list(slices_of(broadcast, town.number.phone_number_id))
    slices.plan(pieces)
    waiting = [(piece, at.turn) for piece, at in slices.all(broadcast_id) if at.state is SliceState.WAITING]
    queue.put(waiting)
    return Started(broadcast.planned, len(waiting))


def _written(broadcast: Broadcast, cut: Broadcast, broadcasts: Broadcasts) -> Broadcast:
    """The cut as it stands in the table: ours, or that of whoever was faster."""
    after = replace(cut, state=BroadcastState.RUNNING)
    if broadcasts.replace(broadcast, after):
        return after
    standing = broadcasts.get(broadcast.broadcast_id)
    if standing is None or not standing.lanes:
        raise NoSuchBroadcast(broadcast.broadcast_id)
    return standing
