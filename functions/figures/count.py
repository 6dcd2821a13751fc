"""Every night, town by town: counts the day that is over, and those that were missed."""

from datetime import UTC, datetime
from typing import Any

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.figures.day import DayFigures, SignalKind
from stadtdraht.domain.town import Town
from stadtdraht.observability import count, error_place, logger
from stadtdraht.usecases.figures.count_day import count_missing

log = logger("figures-count")
ADAPTERS = Adapters()


class NotCounted(StadtdrahtError):
    """Some towns have no figures of this night; trying again counts them alone."""


@logged(log)
def handler(_: dict[str, Any], __: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """A town that fails holds back no other; the clock tries again, and what is counted stays."""
    towns, now = adapters.towns.all(), datetime.now(UTC)
    counted = {town.id: _counted(town, now, adapters) for town in towns}
    if failed := [town for town, days in counted.items() if days is None]:
        raise NotCounted(f"no figures of {', '.join(failed)}")
    return {"days": sum(days or 0 for days in counted.values())}


def _counted(town: Town, now: datetime, adapters: Adapters) -> int | None:
    """How many days; None where it failed."""
    days = 0
    try:
        for figures in count_missing(town, now, adapters.count_ports()):
            _tell(town, figures)
            days += 1
    except Exception as why:  # noqa: BLE001 - whatever it is, the other towns are counted
        log.error("not counted", town=town.id, why=error_place(why))  # noqa: TRY400
        return None
    return days


def _tell(town: Town, figures: DayFigures) -> None:
    noticed = {it.kind for it in figures.signals}
    log.info("counted", town=town.id, day=figures.day, signals=sorted(noticed))
    if SignalKind.NOBODY_WRITES in noticed:
        count("TownSilent")
    if SignalKind.NO_NEWSLETTER in noticed:
        count("NewsletterOverdue")
    if SignalKind.WAITS_PILE_UP in noticed:
        count("WaitsPileUp")
