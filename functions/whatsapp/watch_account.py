"""Looks at Meta for every town: at night, and at once for a town that Meta sent an event about."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from functions.batch import Guard, Record
from functions.logged import logged
from stadtdraht.adapters.aws.stream import update_from_record
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.inbound.inbox import InboxUpdate
from stadtdraht.observability import count, logger
from stadtdraht.usecases.whatsapp.watch_account import WatchPorts, watch_events, watch_towns

log = logger("whatsapp-watch-account")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    towns, now = adapters.towns.all(), datetime.now(UTC)
    ports = WatchPorts(adapters.account, adapters.account_snapshots, adapters.audience)
    if "Records" in event:
        incidents = watch_events(_readable(event["Records"]), towns, now, ports)
    else:
        incidents = watch_towns(towns, now, ports)
    troubles = 0
    for it in incidents:
        log.warning(it.text, **it.facts)
        if it.metric:
            count(it.metric)
        troubles += it.is_trouble
    return {"troubles": troubles}


def _readable(records: Iterable[Record]) -> Iterator[InboxUpdate]:
    """What cannot be read stays in its row, and holds back no other."""
    for record in records:
        with Guard(log, "a row that cannot be read"):
            yield update_from_record(record)
