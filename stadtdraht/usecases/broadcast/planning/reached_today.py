"""Whom a town wrote to in the last 24 hours: they are in Meta's daily limit already."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.daily_limit import DAY
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.sending.newsletter_cause import GOOD_FOR

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries

LATEST = 50  # causes looked at
WENT_OUT = (OutcomeKind.ACCEPTED, OutcomeKind.UNKNOWN, Status.SENT)


def reached_today(
    town: Town, now: datetime, *, broadcasts: Broadcasts, alerts: Alerts, deliveries: Deliveries
) -> frozenset[str]:
    """Citizen ids, counted from rows; empty where Meta sets no limit, since nobody asks then.

    Holds at most as many as the limit allows, and those whose window was open: no row says so, and to count them is
    the safe side. What went out in answer to a citizen is inside their service window and does not count at Meta;
    templates about a report or a call's end do, and are too few to be looked for.
    """
    if town.number.portfolio_limit is None:
        return frozenset()
    causes = [it.broadcast_id for it in broadcasts.recent(town.id, LATEST) if it.begun_at > now - DAY - GOOD_FOR]
    causes += [it.alert_id for it in alerts.recent(town.id, limit=LATEST) if it.raised_at > now - DAY - GOOD_FOR]
    return frozenset(
        row.citizen_id
        for cause in causes
        for row in deliveries.in_full(town.id, cause)
        if row.kind in WENT_OUT and row.at > now - DAY
    )
