"""What is known of a plan, a report or a test; it is asked for anew where that is too old. Nobody waits for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.errand import Errand, ErrandNote

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import ErrandRunner, Errands

PLAN_GOOD_FOR = timedelta(minutes=10)
REPORT_GOOD_FOR = timedelta(minutes=10)
RUNNING_GOOD_FOR = timedelta(seconds=20)
STATUSES_WITHIN = timedelta(hours=1)  # most people have read by then what they will read


@dataclass(frozen=True, slots=True)
class ErrandPorts:
    """Where errands are noted, and who runs them."""

    errands: Errands
    runner: ErrandRunner


def latest_plan(broadcast: Broadcast, now: datetime, ports: ErrandPorts) -> ErrandNote:
    """The plan as it was counted last; its `about` tells whether the draft was changed since."""
    return _latest(broadcast, Errand.PLAN, broadcast.changed_at, PLAN_GOOD_FOR, now, ports)


def latest_report(broadcast: Broadcast, now: datetime, ports: ErrandPorts, *, is_over: bool = False) -> ErrandNote:
    """The report as it was counted last; of one that goes out, or lately did, some seconds old.

    is_over: everybody had their turn, which the stored state does not say.
    """
    goes_out = broadcast.state is BroadcastState.RUNNING and not is_over
    lately = now - (broadcast.held_at or broadcast.begun_at) < STATUSES_WITHIN
    good_for = RUNNING_GOOD_FOR if goes_out or lately else REPORT_GOOD_FOR
    return _latest(broadcast, Errand.REPORT, broadcast.changed_at, good_for, now, ports)


def send_on(broadcast: Broadcast, errand: Errand, now: datetime, ports: ErrandPorts) -> ErrandNote:
    """Asks for it whatever is known, unless somebody is at it; a second press therefore changes nothing."""
    note = ports.errands.get(broadcast.broadcast_id, errand)
    return note if note.is_under_way(now) else _asked(broadcast, errand, note, now, ports)


def _latest(
    broadcast: Broadcast,
    errand: Errand,
    about: datetime | None,
    good_for: timedelta,
    now: datetime,
    ports: ErrandPorts,
) -> ErrandNote:
    note = ports.errands.get(broadcast.broadcast_id, errand)
    return _asked(broadcast, errand, note, now, ports) if note.is_due(now, about, good_for) else note


def _asked(broadcast: Broadcast, errand: Errand, note: ErrandNote, now: datetime, ports: ErrandPorts) -> ErrandNote:
    if not ports.errands.ask(broadcast.broadcast_id, errand, note, now):
        return ports.errands.get(broadcast.broadcast_id, errand)
    ports.runner.send(broadcast.town, broadcast.broadcast_id, errand)
    return replace(note, asked_at=now)
