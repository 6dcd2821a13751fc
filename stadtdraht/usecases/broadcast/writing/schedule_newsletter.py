"""Gives a newsletter its hour, once or every week; a draft is released by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, NewsletterNotFit, Verb, demand
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.weekly import same_every_week
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast, replace_stored
from stadtdraht.usecases.broadcast.writing.release_broadcast import check_promise, check_with_links, released_by

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Links, Schedule
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class Timing:
    """When a newsletter goes out."""

    starts_at: datetime
    """In UTC; of a weekly one the first time."""
    repeat: str = ""
    """"" for once, or WEEKLY."""


@dataclass(frozen=True, slots=True)
class SchedulePorts:
    """What a newsletter needs to get its hour."""

    towns: Towns
    broadcasts: Broadcasts
    schedule: Schedule
    links: Links | None
    """None: a draft is released without asking whether its links answer."""
    public_url: str


@dataclass(frozen=True, slots=True)
class ScheduleResult:
    """What was stored."""

    broadcast: Broadcast
    town: Town


def schedule_newsletter(
    broadcast_id: str,
    timing: Timing,
    by: Colleague,
    now: datetime,
    ports: SchedulePorts,
    *,
    beyond_promise: bool = False,
) -> ScheduleResult:
    """Everything is checked before anything is stored, so that a refused one is still the draft that it was.

    by: who releases it, if it is a draft. Raises NoSuchBroadcast, StateForbids, SecondPersonNeeded, PromiseBroken,
    NewsletterNotFit for what is over by then, ChangedMeanwhile.
    """
    stored = load_broadcast(broadcast_id, ports.broadcasts)
    town = ports.towns.get(stored.town)
    is_draft = stored.state is BroadcastState.DRAFT
    after = scheduled(released_by(stored, town, by, now) if is_draft else stored, town, timing)
    if not beyond_promise:
        check_promise(after, town, timing.starts_at, now, ports.broadcasts)
    check_with_links(after, town, now, links=ports.links if is_draft else None, public_url=ports.public_url)
    replace_stored(stored, after, ports.broadcasts)
    put_on_schedule(after, town, timing.starts_at, ports.schedule)
    return ScheduleResult(after, town)


def scheduled(broadcast: Broadcast, town: Town, timing: Timing) -> Broadcast:
    """The newsletter with its hour, or another one; nothing is stored. Raises StateForbids, NewsletterNotFit."""
    demand(broadcast, Verb.SCHEDULE)
    if timing.repeat and not same_every_week(timing.starts_at, town.zone):
        why = "twice a year there is no such hour, or two, on the night of the clocks; take another"
        raise NewsletterNotFit(why, [NewsletterFinding(0, "hour", why, "hour_of_the_clocks")])
    return replace(broadcast, state=BroadcastState.SCHEDULED, starts_at=timing.starts_at, repeat=timing.repeat)


def put_on_schedule(broadcast: Broadcast, town: Town, first: datetime, schedule: Schedule) -> None:
    """Starts it from `first` on, and at no other time that it had before."""
    schedule.cancel(broadcast.broadcast_id)
    if broadcast.repeat:
        schedule.weekly(broadcast.broadcast_id, town.id, first, town.zone)
    else:
        schedule.at(broadcast.broadcast_id, town.id, first)
