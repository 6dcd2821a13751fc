"""Counts an alert from its rows, once for everybody who looks at the same time.

One count of 10,000 people reads their audience and up to four rows each: 2,500 read units, 0.0004 USD (docs/operations/
cost.md). What was counted is kept, and shown as long as ROWS_PER_S says: 4 s for those 40,000 rows, 20 s for 50,000
people; then one counts anew, and the others go on seeing what was kept. So a hundred people looking cost what one does,
and a small alert is counted at each look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.alert_count import KEPT_FROM_ROWS, AlertCount, AlertTally
from stadtdraht.domain.crisis.follow_up_audience import BY_ROWS, is_addressed
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.crisis.follow_alert import delivery_rows_by_person
from stadtdraht.usecases.delivery.by_district import merge_join

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import AlertCounts
    from stadtdraht.ports.delivery import Deliveries

COUNTS_WITHIN = timedelta(seconds=20)  # the function's time (infra/features/crisis.py): who takes longer was ended


def tally_alert(alert: Alert, *, audience: Audience, deliveries: Deliveries, before: Sequence[Alert]) -> AlertTally:
    """Reads its rows and the audience once, side by side. before: the alerts that it follows (`chain_of`)."""
    heard = delivery_rows_by_person(alert.town, before if alert.kind in BY_ROWS else (), deliveries)
    rows = groupby(deliveries.in_full(alert.town, alert.alert_id), key=lambda row: row.citizen_id)
    everyone = merge_join(
        ((citizen_id, list(own)) for citizen_id, own in rows), audience.scan(alert.town, Offer.CRISIS), lambda it: it[0]
    )
    tally = AlertTally()
    for counted, person in everyone:
        own_rows: Sequence[DeliveryRow] = counted[1] if counted else ()
        if own_rows or (
            person and _is_meant(alert, person) and is_addressed(alert.kind, heard.get(person.citizen_id, []))
        ):
            tally.add(own_rows, person.district if person else "")
    return tally


def newest_count(
    alert: Alert,
    now: datetime,
    *,
    counts: AlertCounts,
    audience: Audience,
    deliveries: Deliveries,
    before: Sequence[Alert],
) -> AlertCount:
    """The kept count while it holds, or while somebody else counts; else a new one."""
    kept = counts.latest(alert.alert_id)
    if kept and (kept.holds(now) or not counts.take(alert.alert_id, now, now + COUNTS_WITHIN)):
        return kept
    count = tally_alert(alert, audience=audience, deliveries=deliveries, before=before).count(now)
    if kept or count.rows >= KEPT_FROM_ROWS:  # who took the turn gives it back
        counts.keep(alert.alert_id, count)
    return count


def _is_meant(alert: Alert, person: Recipient) -> bool:
    """Whether this person takes warnings in its places, and did when it was raised."""
    return alert.reaches(person) and (person.left_at is None or person.left_at > alert.raised_at)
