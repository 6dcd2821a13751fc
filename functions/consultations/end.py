"""Every five minutes: a consultation whose time is up ends, with a word to who still waits."""

from datetime import UTC, datetime
from typing import Any

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.observability import error_place, logger
from stadtdraht.usecases.consultations.hold_consultation import ConsultationPorts, end_what_is_over

log = logger("consultations-end")
ADAPTERS = Adapters()


class NotEnded(StadtdrahtError):
    """In some towns a consultation goes on whose time is up; trying again does the rest."""


@logged(log)
def handler(_: dict[str, Any], __: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    """A town that fails holds back no other."""
    ended = {town.id: _ended(town, adapters) for town in adapters.towns.all()}
    if failed := [town for town, count in ended.items() if count is None]:
        raise NotEnded(f"not ended in {', '.join(failed)}")
    return {"ended": sum(count or 0 for count in ended.values())}


def _ended(town: Town, adapters: Adapters) -> int | None:
    """How many; None where it failed."""
    ports = ConsultationPorts(adapters.consultations, adapters.citizens, adapters.answer_queue)
    try:
        count = end_what_is_over(town, datetime.now(UTC), ports)
    except Exception as why:  # noqa: BLE001 - whatever it is, the other towns' end
        log.error("not ended", town=town.id, why=error_place(why))  # noqa: TRY400
        return None
    if count:
        log.info("ended", town=town.id, consultations=count)
    return count
