"""Staff learn by mail that somebody waits, on-call that nobody opened a possible emergency.

Every five minutes for all towns, and at once for a town where somebody is in need or an answer did not arrive.
"""

import time
from datetime import UTC, datetime
from typing import Any

from functions.asked import named
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.observability import count, error_place, logger
from stadtdraht.usecases.inbound.remind_staff import RemindPorts, RemindResult, remind_staff

log = logger("console-remind")
ADAPTERS = Adapters()


class StillBeingTold(StadtdrahtError):
    """Other looks keep telling the same people; Lambda looks again in a minute."""


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> None:
    """event: of the clock {}, of somebody's message its town."""
    if event != {}:
        if _look(adapters.towns.get(named(event, "town")), adapters).left:
            raise StillBeingTold("staff of one town")
        return
    for town in adapters.towns.all():
        try:
            _look(town, adapters)
        except Exception as why:  # noqa: BLE001 - one town that fails holds up no other
            count("RemindFailed")
            log.error("a town was not looked at", town=town.id, why=error_place(why))  # noqa: TRY400


def _look(town: Town, it: Adapters) -> RemindResult:
    ports = RemindPorts(it.conversations, it.undelivered, it.staff, it.notices, it.mails, it.settings.public_url)
    done = remind_staff(town, ports, clock=lambda: datetime.now(UTC), wait=time.sleep)
    if done.refused:
        count("RemindFailed")
    count("NeedUnopened", done.unseen_need)
    count("NobodyForNeed", int(done.nobody_for_need))
    count("NobodyOnDuty", int(done.nobody_on_duty))
    log.info(
        "looked",
        town=town.id,
        mails=done.mails,
        refused=done.refused,
        unseen_need=done.unseen_need,
        nobody_for_need=done.nobody_for_need,
        nobody_on_duty=done.nobody_on_duty,
    )
    return done
