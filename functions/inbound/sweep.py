"""Deletes files that no row leads to any more, town by town; started by the clock every night."""

from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.observability import count, logger
from stadtdraht.usecases.sweep_files import sweep_files

log = logger("inbound-sweep")
LEAVES = timedelta(minutes=1)  # for the town that it is at


def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Begins with another town each night, so that what one night does not reach is reached by the next."""
    now, towns = datetime.now(UTC), bootstrap.towns().all()
    first = now.toordinal() % len(towns) if towns else 0
    deleted = 0
    for town in [*towns[first:], *towns[:first]]:
        if context.get_remaining_time_in_millis() < LEAVES.total_seconds() * 1000:
            count("SweepUnfinished")
            break
        found = sweep_files(
            town.id, now, rows=bootstrap.media_rows(), store=bootstrap.media_store(), retention=bootstrap.retention()
        )
        log.info("swept", town=town.id, files=found)
        deleted += found
    return {"deleted": deleted}
