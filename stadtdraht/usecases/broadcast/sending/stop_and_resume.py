"""Stops a newsletter within a second, or lets it go on without a gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Verb, demand
from stadtdraht.domain.broadcast.late import held_since, is_late
from stadtdraht.domain.broadcast.portions import last_cut_at
from stadtdraht.domain.broadcast.slicing import had_their_turn
from stadtdraht.domain.broadcast.weekly import next_due
from stadtdraht.domain.delivery.abandoned_slices import owner_is_gone
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_state
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.send_newsletter import SendPorts, check_start
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import put_on_schedule
from stadtdraht.usecases.whatsapp.check_account import check_template

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.delivery import Controls, SliceQueue, Slices


class NewsletterOver(StadtdrahtError):
    """It is past its time, so there is nobody left to whom it could go on."""

    def __init__(self, newsletter: Newsletter) -> None:
        self.broadcast_id = newsletter.broadcast.broadcast_id
        self.since = f"{newsletter.over_at.astimezone(newsletter.town.zone):%d.%m.%Y, %H:%M}"
        super().__init__(
            f"{self.broadcast_id} is over: nothing of it goes out since {self.since} ({newsletter.town.timezone})"
        )


class ResumesLate(StadtdrahtError):
    """It was held for hours: somebody has to say that it still holds true."""

    def __init__(self, broadcast: Broadcast, town: Town, since: datetime) -> None:
        self.broadcast_id = broadcast.broadcast_id
        self.since = f"{since.astimezone(town.zone):%d.%m.%Y, %H:%M}"
        super().__init__(f"{self.broadcast_id} was held since {self.since} ({town.timezone}); is it still true?")


class Resumed(Enum):
    """How a newsletter goes on."""

    WEEKLY = auto()
    """Its next issue goes out at its hour."""
    AT_ITS_HOUR = auto()
    """It was stopped before its hour, which is still to come."""
    BEGINS = auto()
    """It was stopped before it began, and begins now."""
    NEXT_PORTION = auto()
    """The portion whose hour came while it was stopped begins now."""
    SLICES = auto()
    """What had begun goes on."""


@dataclass(frozen=True, slots=True)
class ResumeResult:
    """What a resume did."""

    broadcast: Broadcast
    """As it was before."""
    town: Town
    state: BroadcastState
    """In which it is now."""
    how: Resumed
    slices: int = 0
    """How many were handed to the senders again."""
    had_turn: int = 0
    """About how many people had their turn before, of `broadcast.planned`; nobody gets it twice."""


@dataclass(frozen=True, slots=True)
class RunPorts:
    """What stopping and resuming need."""

    send: SendPorts
    slices: Slices
    queue: SliceQueue
    controls: Controls


def stop_newsletter(broadcast_id: str, now: datetime, ports: RunPorts) -> None:
    """Raises NoSuchBroadcast, and StateForbids for a draft and for what is finished."""
    broadcasts = ports.send.plan.broadcasts
    broadcast = load_broadcast(broadcast_id, broadcasts)
    town = ports.send.towns.get(broadcast.town)
    demand(broadcast, Verb.STOP, broadcast_state(broadcast, ports.slices))
    if broadcast.state is BroadcastState.SCHEDULED:
        ports.send.schedule.cancel(broadcast_id)
    stop_slices(broadcast, town, now, broadcasts=broadcasts, controls=ports.controls)


def resume_newsletter(
    broadcast_id: str, now: datetime, ports: RunPorts, *, beyond_promise: bool = False, although_late: bool = False
) -> ResumeResult:
    """After a stop, or after trouble at Meta was repaired. What has not begun yet is checked as if it were sent now.

    Raises NoSuchBroadcast, StateForbids for a draft and for what is finished, NewsletterOver, ResumesLate,
    NewsletterNotFit, PromiseBroken, TemplateNotAsApproved.
    """
    broadcast = load_broadcast(broadcast_id, ports.send.plan.broadcasts)
    town = ports.send.towns.get(broadcast.town)
    check_resumable(broadcast, town, now, slices=ports.slices)
    if (since := held_since(broadcast, now)) and is_late(broadcast, now) and not although_late:
        raise ResumesLate(broadcast, town, since)
    if broadcast.repeat and broadcast.starts_at:
        return _on_schedule(broadcast, town, next_due(broadcast.starts_at, town.zone, now), Resumed.WEEKLY, ports)
    if not broadcast.has_begun:
        check_start(broadcast, town, now, ports.send, beyond_promise=beyond_promise)
        if broadcast.starts_at and broadcast.starts_at > now:
            return _on_schedule(broadcast, town, broadcast.starts_at, Resumed.AT_ITS_HOUR, ports)
    if broadcast.is_due(now):
        check_template(town, broadcast.template, now, snapshots=ports.send.plan.snapshots)
    had_turn = had_their_turn(ports.slices.all(broadcast_id), broadcast.planned)
    going = resume_slices(
        broadcast,
        town,
        now,
        broadcasts=ports.send.plan.broadcasts,
        controls=ports.controls,
        slices=ports.slices,
        queue=ports.queue,
    )
    how = Resumed.SLICES
    if broadcast.is_due(now):
        ports.send.starter.start(town.id, broadcast_id)
        how = Resumed.NEXT_PORTION if broadcast.has_begun else Resumed.BEGINS
    return ResumeResult(broadcast, town, BroadcastState.RUNNING, how, going, had_turn)


def check_resumable(broadcast: Broadcast, town: Town, now: datetime, *, slices: Slices) -> None:
    """Raises StateForbids for a draft and for what is finished, NewsletterOver for what is past its time.

    A weekly one has no end of its own, and of one over several days a portion may still come, whose hour was missed,
    say.
    """
    demand(broadcast, Verb.RESUME, broadcast_state(broadcast, slices))
    newsletter = Newsletter(broadcast, town)
    has_portion_to_come = broadcast.next_at is not None and now <= last_cut_at(broadcast)
    if newsletter.over(now) and not has_portion_to_come and not broadcast.repeat:
        raise NewsletterOver(newsletter)


def _on_schedule(broadcast: Broadcast, town: Town, first: datetime, how: Resumed, ports: RunPorts) -> ResumeResult:
    """It goes out at its hour, and no earlier."""
    _let_go(broadcast, town, ports.controls)
    set_state(broadcast, BroadcastState.SCHEDULED, ports.send.plan.broadcasts)
    put_on_schedule(broadcast, town, first, ports.send.schedule)
    return ResumeResult(broadcast, town, BroadcastState.SCHEDULED, how)


def stop_slices(broadcast: Broadcast, town: Town, now: datetime, *, broadcasts: Broadcasts, controls: Controls) -> None:
    """Senders read the control item four times a second; what they have claimed and not sent stays in line."""
    controls.stop(town.id, town.number.phone_number_id, broadcast.broadcast_id, stopped=True)
    set_state(broadcast, BroadcastState.STOPPED, broadcasts, now)


def resume_slices(
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
    _let_go(broadcast, town, controls)
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


def _let_go(broadcast: Broadcast, town: Town, controls: Controls) -> None:
    controls.stop(town.id, town.number.phone_number_id, broadcast.broadcast_id, stopped=False)


def set_state(
    broadcast: Broadcast,
    state: BroadcastState,
    broadcasts: Broadcasts,
    held_at: datetime | None = None,
    halted_by: int = 0,
) -> None:
    """Whatever else changes at the same time: the last word is this one. held_at: None where it goes on."""
    stored: Broadcast | None = broadcast
    while stored is not None and (stored.state is not state or stored.halted_by != halted_by):
        if broadcasts.replace(stored, replace(stored, state=state, halted_by=halted_by, held_at=held_at)):
            return
        stored = broadcasts.get(broadcast.broadcast_id)
