"""Where an alert stands, counted from its rows; and the one thing that may be missing after a crash put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.usecases.crisis.count_alert import newest_count, tally_alert

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import AlertCounts
    from stadtdraht.ports.delivery import Deliveries, SliceQueue, Slices


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStatus(DeliveryFigures):
    """Where an alert stands; its fields are the names in JSON."""

    resent: int
    """As in AlertCount."""
    no_way: int
    """As in AlertCount."""
    running_for_s: int
    counted_s_ago: int
    """How old the figures are; 0 for those of this moment."""
    halted_by: int
    """Meta's code while it takes nothing from the number; 0: it does."""
    finished: bool
    """Nobody is left to send to."""
    over: bool
    by_district: Mapping[str, DeliveryFigures]
    """By the district's id, "" for none; they add up to the figures of all (`name_districts` gives them names)."""


def alert_status(
    alert: Alert,
    now: datetime,
    *,
    audience: Audience,
    deliveries: Deliveries,
    slices: Slices,
    before: Sequence[Alert] = (),
    counts: AlertCounts | None = None,
) -> AlertStatus:
    """The figures of this moment. before: the alerts that this one follows (`chain_of`).

    The lanes are read first: what is called finished was counted after its end.

    counts: for pages that many people look at again and again; figures may then be some seconds old.
    """
    lanes = [progress for _, progress in slices.all(alert.alert_id)]
    if counts is None:
        count = tally_alert(alert, audience=audience, deliveries=deliveries, before=before).count(now)
    else:
        count = newest_count(alert, now, counts=counts, audience=audience, deliveries=deliveries, before=before)
    return _status(alert, count, now, lanes)


def _status(alert: Alert, count: AlertCount, now: datetime, lanes: Sequence[Progress]) -> AlertStatus:
    """What a count means now."""
    return AlertStatus(
        **asdict(count.total),
        resent=count.resent,
        no_way=count.no_way,
        running_for_s=int((now - alert.raised_at).total_seconds()),
        counted_s_ago=max(0, int((now - count.counted_at).total_seconds())),
        halted_by=max((it.halted_by for it in lanes if it.state is not SliceState.DONE), default=0),
        finished=all(it.state is SliceState.DONE for it in lanes),
        over=alert.over(now),
        by_district=count.by_district,
    )


def requeue_waiting_slices(alert: Alert, now: datetime, *, slices: Slices, queue: SliceQueue) -> int:
    """Hands slices that nobody has begun to the queue again: the press may have died before it could.

    Repeating it changes nothing: the queue drops what it saw, and a slice has one owner. Returns their count.
    """
    waiting = [
        (work_slice, progress.handbacks)
        for work_slice, progress in slices.all(alert.alert_id)
        if progress.state is SliceState.WAITING and not alert.over(now)
    ]
    if waiting:
        queue.put(waiting)
    return len(waiting)
