"""Drills every town that can warn: monthly, and on the nationwide Warntag to the second; started by the clock."""

import time as clock
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from functions.asked import named
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import NotOurs, StadtdrahtError
from stadtdraht.domain.identifiers import new_random
from stadtdraht.observability import logger
from stadtdraht.usecases.crisis.run_drills import DrillPlan, DrillResult, run_drills

log = logger("crisis-drill")
ADAPTERS = Adapters()
BY = "Übungsplan"
GERMANY = ZoneInfo("Europe/Berlin")  # the clock's own zone, in which the Warntag's hour is said
WAITS_AT_MOST = timedelta(minutes=3)  # the clock is only good to a minute, and starts us before the hour


class DrillFailed(StadtdrahtError):
    """Some towns could not begin; the clock tries again, which begins nothing twice."""


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """`event`: `name` of the drill, and `at`, the second it begins in German time ("11:00:00"); without it: now."""
    now, name = datetime.now(UTC), named(event, "name")
    at = moment(named(event, "at") if event.get("at") else "", now)
    results = run_drills(
        adapters.towns.all(),
        DrillPlan(name, at, BY),
        alerts=adapters.alerts,
        queue=adapters.crisis_queue,
        evidence=adapters.evidence,
        new_random=new_random,
        public_url=adapters.settings.public_url,
        until_then=lambda: clock.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds())),
    )
    return _reported(results)


def _reported(results: Sequence[DrillResult]) -> dict[str, Any]:
    """Raises DrillFailed."""
    for result in results:
        log.info("drill", town=result.town, cause=result.alert_id, begun=result.begun, failed=result.failed)
    begun = sum(result.begun for result in results)
    failed = sum(bool(result.failed) for result in results)
    if failed:
        raise DrillFailed(f"{failed} of {len(results)} towns")
    return {"towns": len(results), "begun": begun}


def moment(time_of_day: str, now: datetime) -> datetime:
    """That second of today where it is just ahead; a clock that came late, or named none, means now. Raises NotOurs."""
    if not time_of_day:
        return now
    try:
        second = time.fromisoformat(time_of_day).replace(tzinfo=None)
    except ValueError:
        raise NotOurs("the event's “at” is no time of a day") from None
    at = datetime.combine(now.astimezone(GERMANY).date(), second, GERMANY).astimezone(UTC)
    return at if now <= at <= now + WAITS_AT_MOST else now
