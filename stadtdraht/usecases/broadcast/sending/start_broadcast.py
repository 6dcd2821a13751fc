"""Starts a released broadcast: counts, writes the cut down, stores the slices, hands them to the senders.

May be repeated at any point: a scheduler that fires twice or a crash in the middle ends in the same slices, each queued
once. What Meta's daily limit does not allow at once goes out in portions: each is a range of citizen ids behind the one
before, cut by one conditional write, so that nobody is in two of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import (
    Broadcast,
    BroadcastState,
    Portion,
    StateForbids,
    Verb,
    demand,
    may,
)
from stadtdraht.domain.broadcast.portions import last_cut_at, next_start
from stadtdraht.domain.broadcast.slicing import BEFORE_ALL, lanes_and_slices, lasts_s, slices_of, slices_per_lane
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.identifiers import BEHIND_ALL
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account_problems import within_meta_s_limit
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast, load_broadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import TooManyForPortfolio, plan
from stadtdraht.usecases.broadcast.planning.reached_today import reached_today
from stadtdraht.usecases.whatsapp.check_account import check_template

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience, Broadcasts, Schedule
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries, SliceQueue, Slices
    from stadtdraht.ports.towns import Towns
    from stadtdraht.ports.whatsapp import AccountSnapshots


REPORT_AFTER = timedelta(hours=26)  # from the last message: who leaves within a day is in it; rows end later


@dataclass(frozen=True, slots=True)
class StartResult:
    """What a start did."""

    planned: int
    """People."""
    slices: int
    """Handed to the senders now."""
    next_at: datetime | None = None
    """When the next portion starts by itself."""


@dataclass(frozen=True, slots=True)
class StartPorts:
    """What a start needs."""

    towns: Towns
    broadcasts: Broadcasts
    audience: Audience
    alerts: Alerts
    deliveries: Deliveries
    slices: Slices
    queue: SliceQueue
    schedule: Schedule
    snapshots: AccountSnapshots


def start_broadcast(town_id: str, broadcast_id: str, now: datetime, ports: StartPorts) -> StartResult:
    """Of a stopped one nothing starts. Raises NoSuchBroadcast, StateForbids for a draft and for a weekly one itself,
    TooManyForPortfolio, TemplateNotAsApproved, UnknownTown.
    """
    snapshot = ports.snapshots.get(town_id)
    town = within_meta_s_limit(ports.towns.get(town_id), snapshot.number if snapshot else None)
    broadcast = load_broadcast(broadcast_id, ports.broadcasts)
    if broadcast.town != town_id:
        raise NoSuchBroadcast(broadcast_id)
    if broadcast.repeat:
        raise StateForbids(broadcast_id, broadcast.state, Verb.START)
    if broadcast.state not in (BroadcastState.STOPPED, BroadcastState.HALTED):
        demand(broadcast, Verb.START)
    while may(broadcast.state, Verb.START) and broadcast.is_due(now):
        cut = _cut(broadcast, town, now, ports)
        # Somebody may have been faster, with a cut of their own or with a stop.
        broadcast = cut if ports.broadcasts.replace(broadcast, cut) else load_broadcast(broadcast_id, ports.broadcasts)
    if not may(broadcast.state, Verb.START):
        return StartResult(broadcast.planned, 0)
    if broadcast.next_at:
        schedule_key = int(broadcast.next_at.timestamp())  # of the hour: a day without room has no portion to count
        ports.schedule.at(broadcast_id, town_id, broadcast.next_at, schedule_key)
    lasts = timedelta(seconds=lasts_s(broadcast.planned, town.number.rate_mps))
    ports.schedule.report(broadcast_id, town_id, broadcast.begun_at + lasts + REPORT_AFTER)
    ports.slices.plan(list(slices_of(broadcast, town.number.phone_number_id)))
    waiting = [
        (work_slice, at.handbacks)
        for work_slice, at in ports.slices.all(broadcast_id)
        if at.state is SliceState.WAITING
    ]
    ports.queue.put(waiting)
    return StartResult(broadcast.planned, len(waiting), broadcast.next_at)


def _cut(broadcast: Broadcast, town: Town, now: datetime, ports: StartPorts) -> Broadcast:
    """The whole newsletter, or today's portion of it behind those of before."""
    broadcast = replace(broadcast, topics_over=town.topics_over(now))
    used = reached_today(town, now, broadcasts=ports.broadcasts, alerts=ports.alerts, deliveries=ports.deliveries)
    after = broadcast.portions[-1].upto if broadcast.portions else BEFORE_ALL
    found = plan(broadcast, town, audience=ports.audience, used=used, after=after, begins_at=now)
    begun = bool(broadcast.lanes)
    if begun and now > last_cut_at(broadcast):
        return replace(broadcast, next_at=None)
    check_template(town, broadcast.template, now, snapshots=ports.snapshots)
    if not begun and not found.portions.possible:
        raise TooManyForPortfolio(found)
    people, rate_mps = found.portions.today.people, town.number.rate_mps
    if not begun:
        lanes, per_lane = lanes_and_slices(people, rate_mps)
        broadcast = replace(
            broadcast, planned=found.audience.planned, planned_cost_eur=str(found.price.eur), lanes=lanes, first_at=now
        )
        if found.portions.fits:
            return replace(broadcast, state=BroadcastState.RUNNING, slices_per_lane=per_lane)
    per_lane = slices_per_lane(people, broadcast.lanes, rate_mps) if people else 0
    portion = Portion(after, found.portions.today.upto, people, per_lane, now)
    return replace(
        broadcast,
        state=BroadcastState.RUNNING,
        portions=(*broadcast.portions, portion) if people or portion.upto == BEHIND_ALL else broadcast.portions,
        next_at=None if portion.upto == BEHIND_ALL else next_start(now, people, rate_mps),
    )
