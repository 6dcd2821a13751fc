"""The ready lamp of every town with warnings; started by the clock every five minutes. It sends nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.domain.crisis.readiness import Colour
from stadtdraht.domain.town import Offer, Town
from stadtdraht.observability import count, logger, where
from stadtdraht.usecases.crisis.check_readiness import Gauges, Shared, look_at_lamp, look_at_shared

log = logger("crisis-readiness")
SIDE_BY_SIDE = 16  # Meta takes up to a second to answer, and there may be 200 towns


def handler(_: dict[str, Any], __: object) -> dict[str, Any]:
    towns = [town for town in bootstrap.towns().all() if Offer.CRISIS in town.offers_of()]
    shared = look_at_shared(towns, bootstrap.crisis_queues(), bootstrap.crisis_sender())
    gauges = bootstrap.gauges()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ready = list(pool.map(partial(_is_ready, shared=shared, gauges=gauges), towns))
    if not all(ready):
        count("CrisisNotReady", ready.count(False))
    return {"towns": len(towns), "not_ready": ready.count(False)}


def _is_ready(town: Town, *, shared: Shared, gauges: Gauges) -> bool:
    """One town that cannot be looked at holds back no other, and is not ready."""
    try:
        lamp = look_at_lamp(town, shared, datetime.now(UTC), gauges)
    except Exception as why:  # noqa: BLE001 - whatever it is, the other towns are looked at
        log.error("lamp not looked at", town=town.id, why=where(why))  # noqa: TRY400
        return False
    unwell = [str(light.name) for light in lamp.lights if not light.well]
    log.info("lamp", town=town.id, colour=str(lamp.colour), unwell=unwell)
    return lamp.colour is not Colour.RED
