"""Every night, town by town: renews legal holds, then deletes files that no row leads to any more."""

from datetime import UTC, datetime, timedelta
from typing import Any

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.town import Town
from stadtdraht.observability import count, logger
from stadtdraht.usecases.media.sweep_files import sweep_files
from stadtdraht.usecases.privacy.legal_hold import HoldPorts, held_people, renew_holds

log = logger("privacy-sweep")
ADAPTERS = Adapters()
LEAVES = timedelta(minutes=1)  # for the town that it is at


@logged(log)
def handler(_: dict[str, Any], context: Any, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """Begins with another town each night, so that what one night does not reach is reached by the next."""
    now, towns = datetime.now(UTC), adapters.towns.all()
    first = now.toordinal() % len(towns) if towns else 0
    deleted = 0
    for town in [*towns[first:], *towns[:first]]:
        if context.get_remaining_time_in_millis() < LEAVES.total_seconds() * 1000:
            count("SweepUnfinished")
            break
        deleted += _sweep(town, now, adapters)
    return {"deleted": deleted}


def _sweep(town: Town, now: datetime, adapters: Adapters) -> int:
    """How many files were deleted."""
    ports = HoldPorts(adapters.citizens, adapters.holds, adapters.media_store)
    kept = renew_holds(town.id, ports, now)
    found = sweep_files(
        town.id,
        now,
        rows=adapters.media_rows,
        store=adapters.media_store,
        retention=adapters.retention,
        held=held_people(town.id, adapters.citizens, adapters.holds),
    )
    log.info("swept", town=town.id, files=found, rows_held=kept)
    return found
