"""Every five minutes: staff learn by mail that somebody waits, on-call that nobody opened a possible emergency."""

from datetime import UTC, datetime
from typing import Any

from stadtdraht.bootstrap import Adapters
from stadtdraht.observability import count, error_place, logger
from stadtdraht.usecases.inbound.remind_staff import RemindPorts, remind_staff

log = logger("console-remind")
ADAPTERS = Adapters()


def handler(_event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> None:
    """Town by town; one that fails holds up no other."""
    it, now = adapters, datetime.now(UTC)
    ports = RemindPorts(it.conversations, it.undelivered, it.staff, it.notices, it.mails, it.settings.public_url)
    for town in it.towns.all():
        try:
            done = remind_staff(town, now, ports)
        except Exception as why:  # noqa: BLE001 - a mail that is refused, a table that throttles
            count("RemindFailed")
            log.error("a town was not looked at", town=town.id, why=error_place(why))  # noqa: TRY400
            continue
        if done.refused:
            count("RemindFailed")
        count("NeedUnopened", done.unseen_need)
        count("NobodyForNeed", int(done.nobody_for_need))
        log.info("looked", town=town.id, mails=done.mails, refused=done.refused, unseen_need=done.unseen_need)
