"""Checks whether each town with warnings could warn now; started by the clock every five minutes. It sends nothing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

from functions.batch import Guard
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.crisis.readiness import Level
from stadtdraht.domain.town import Offer, Town
from stadtdraht.observability import count, error_place, logger
from stadtdraht.usecases.crisis.check_readiness import ReadinessPorts, SharedState, check_readiness, observe_shared
from stadtdraht.usecases.whatsapp.watch_line import LineState, watch_line

log = logger("crisis-readiness")
ADAPTERS = Adapters()
SIDE_BY_SIDE = 16  # Meta takes up to a second to answer, and there may be 200 towns


@logged(log)
def handler(_: dict[str, Any], __: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    everybody = adapters.towns.all()
    watch_lines(everybody, adapters)
    towns = [town for town in everybody if Offer.CRISIS in town.offers_of()]
    shared = observe_shared(towns, adapters.crisis_queues, adapters.crisis_sender)
    ports = adapters.readiness_ports()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ready = list(pool.map(partial(_is_ready, shared=shared, ports=ports), towns))
    if not all(ready):
        count("CrisisNotReady", ready.count(False))
    return {"towns": len(towns), "not_ready": ready.count(False)}


def watch_lines(towns: Sequence[Town], adapters: Adapters) -> None:
    """Of every town, also of those without warnings. One that cannot be looked at holds back no other."""
    states = [state for town in towns if (state := _line_of(town, adapters))]
    if unheard := sum(it.unheard for it in states):
        count("TownUnheard", unheard)
    if lacking := sum(it.lacks_statuses for it in states):
        count("StatusesMissing", lacking)


def _line_of(town: Town, adapters: Adapters) -> LineState | None:
    with Guard(log, "line not looked at", town=town.id):
        state = watch_line(town.id, datetime.now(UTC), adapters.line_signs, adapters.figure_days)
        if state.unheard or state.lacks_statuses:
            silent_h = round(state.silent_for.total_seconds() / 3600, 1)
            log.warning(
                "line", town=town.id, unheard=state.unheard, no_statuses=state.lacks_statuses, silent_h=silent_h
            )
        return state
    return None


def _is_ready(town: Town, *, shared: SharedState, ports: ReadinessPorts) -> bool:
    """One town that cannot be checked holds back no other, and is not ready."""
    try:
        readiness = check_readiness(town, shared, datetime.now(UTC), ports)
    except Exception as why:  # noqa: BLE001 - whatever it is, the other towns are checked
        log.error("readiness not checked", town=town.id, why=error_place(why))  # noqa: TRY400
        return False
    failing = [str(check.name) for check in readiness.checks if not check.passed]
    log.info("readiness", town=town.id, level=str(readiness.level), failing=failing)
    return readiness.level is not Level.RED
