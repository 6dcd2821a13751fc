"""Where an alert stands, counted from its rows; and the one thing that may be missing after a crash put right."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.delivery import OutcomeKind, State, Status, state_of
from stadtdraht.domain.following import BY_ROWS, is_addressed
from stadtdraht.domain.slices import SliceState
from stadtdraht.domain.town import Offer
from stadtdraht.ports import Audience, Deliveries, SliceQueue, Slices
from stadtdraht.usecases.follow_alert import rows_of_all


@dataclass(frozen=True, slots=True)
class AlertStatus:
    """People by how far their message came; accepted, sent, delivered and read each include the later ones.

    planned: whom it is for. resent: people whose first try had no clear outcome. finished: nobody is left to send to.
    """

    planned: int
    accepted: int
    sent: int
    delivered: int
    read: int
    failed: int
    unknown: int
    not_sent: int
    resent: int
    running_for_s: int
    finished: bool
    over: bool


def alert_status(
    alert: Alert,
    now: datetime,
    *,
    audience: Audience,
    deliveries: Deliveries,
    slices: Slices,
    before: Sequence[Alert] = (),
) -> AlertStatus:
    """The figures of this moment. before: the alerts that this one follows (`chain_of`)."""
    rows: defaultdict[str, list[OutcomeKind | Status]] = defaultdict(list)
    resent = set()
    for citizen_id, attempt, kind, _ in deliveries.rows(alert.town, alert.alert_id):
        rows[citizen_id].append(kind)
        if attempt > 1:
            resent.add(citizen_id)
    states = Counter(state_of(kinds) for kinds in rows.values())
    heard = rows_of_all(alert.town, before if alert.kind in BY_ROWS else (), deliveries)
    planned = sum(
        1
        for person in audience.scan(alert.town, Offer.CRISIS)
        if alert.reaches(person)
        and (person.left_at is None or person.left_at > alert.raised_at)
        and is_addressed(alert.kind, heard.get(person.citizen_id, []))
    )
    return AlertStatus(
        planned=max(planned, len(rows)),
        accepted=_from(states, State.ACCEPTED),
        sent=_from(states, State.SENT) - states[State.FAILED],
        delivered=_from(states, State.DELIVERED),
        read=states[State.READ],
        failed=states[State.FAILED] + states[State.REFUSED],
        unknown=states[State.UNKNOWN],
        not_sent=states[State.NOT_SENT],
        resent=len(resent),
        running_for_s=int((now - alert.raised_at).total_seconds()),
        finished=all(progress.state is SliceState.DONE for _, progress in slices.all(alert.alert_id)),
        over=alert.over(now),
    )


def complete(alert: Alert, now: datetime, *, slices: Slices, queue: SliceQueue) -> int:
    """Hands slices that nobody has begun to the queue again: the press may have died before it could.

    Repeating it changes nothing: the queue drops what it saw, and a slice has one owner. Returns their count.
    """
    waiting = [
        (piece, progress.turn)
        for piece, progress in slices.all(alert.alert_id)
        if progress.state is SliceState.WAITING and not alert.over(now)
    ]
    if waiting:
        queue.put(waiting)
    return len(waiting)


def _from(states: Counter[State], lowest: State) -> int:
    return sum(count for state, count in states.items() if state >= lowest)
