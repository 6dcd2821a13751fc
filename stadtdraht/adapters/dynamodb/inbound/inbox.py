"""Port Inbox on the table: idempotent puts, so that a redelivered envelope writes the same rows again."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.arrival_rows import arrival_rows
from stadtdraht.adapters.dynamodb.inbound.undelivered import undelivered_row
from stadtdraht.adapters.dynamodb.table import Table, to_item
from stadtdraht.adapters.dynamodb.towns.line_signs import SignRows
from stadtdraht.domain.delivery.delivery import Status, StatusReport
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.identifiers import SHARDS, text_digest
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.inbound.inbox import (
    NOT_ACTED_ON,
    UNROUTED,
    InboxPlace,
    InboxUpdate,
    UpdateKind,
    names_anywhere,
    names_in,
)
from stadtdraht.domain.phone_numbers import spellings
from stadtdraht.domain.retention import ANSWER_STATUS, DELIVERY
from stadtdraht.domain.whatsapp.line_signs import Sign

TOLD_AT_MOST = 10_000  # a megabyte or two
TOLD_FOR_S = 600.0


@dataclass(frozen=True, slots=True)
class DynamoInbox:
    """Updates, and statuses beside what they are about."""

    table: Table
    signs: SignRows = field(default_factory=SignRows)
    told: dict[tuple[str, str], float] = field(default_factory=dict)
    """Second names that this process has stored, and when: each status of a message tells them once more."""

    def store(
        self,
        updates: Sequence[InboxUpdate],
        statuses: Sequence[tuple[str, StatusReport]],
        orphans: Sequence[InboxUpdate],
    ) -> None:
        now_s = time.monotonic()
        names = {(it.town, it.key): now_s for it in updates if it.kind is UpdateKind.NAMES}
        rows: list[Mapping[str, Any]] = [_update_row(it) for it in updates if not self._is_told(it, now_s)]
        rows += [_status_row(town, report) for town, report in statuses]
        rows += [row for town, report in statuses if (row := _undelivered_row(town, report))]
        rows += [_orphan_row(orphan) for orphan in orphans]
        rows += arrival_rows(updates)
        rows += self.signs.due(_signs(updates, statuses, orphans))
        once = {(row["pk"], row["sk"]): row for row in rows}  # BatchWriteItem refuses the same key twice
        self.table.put_all(list(once.values()))
        self.told.update(names)
        if len(self.told) > TOLD_AT_MOST:
            self.told.clear()

    def _is_told(self, update: InboxUpdate, now_s: float) -> bool:
        return now_s - self.told.get((update.town, update.key), float("-inf")) < TOLD_FOR_S

    def read(self, town: str, shard: str, kind: UpdateKind, key: str) -> InboxUpdate | None:
        row = self.table.get(keys.inbox(town, shard), keys.update(kind, key))
        return update_from_row(row) if row else None

    def since(self, town: str, at: datetime) -> Iterator[InboxUpdate]:
        """Reads two weeks of the town's updates, as long as they are kept: for an operator, not for a function."""
        kinds = [kind for kind in UpdateKind if kind not in NOT_ACTED_ON]
        for shard in SHARDS:
            for kind in kinds:
                found = map(update_from_row, self.table.query(keys.inbox(town, shard), prefix=keys.update(kind, "")))
                yield from (it for it in found if it.at >= at)

    def forget(self, update: InboxUpdate) -> None:
        emptied = {**_update_row(update), "kind": "forgotten", "raw": "{}"}
        self.table.client.put_item(TableName=self.table.name, Item=to_item(emptied))


def _signs(
    updates: Sequence[InboxUpdate], statuses: Sequence[tuple[str, StatusReport]], orphans: Sequence[InboxUpdate]
) -> Iterator[tuple[str, Sign]]:
    reported = {town for town, _ in statuses} | {it.town for it in orphans}
    for town in sorted((reported | {it.town for it in updates}) - {UNROUTED}):
        yield town, Sign.HEARD
        if town in reported:
            yield town, Sign.STATUS


def place_of_row(row: Mapping[str, Any]) -> InboxPlace:
    """Of an update, from its row's keys. Raises NotOurs."""
    try:
        town, _, shard = row["pk"].rsplit("#", 2)
        kind, _, key = row["sk"].partition("#")
        return town, shard, UpdateKind(kind), key
    except (LookupError, ValueError, TypeError, AttributeError) as why:
        raise NotOurs(f"an update's row has other keys: {type(why).__name__}") from None


def update_from_row(row: Mapping[str, Any]) -> InboxUpdate:
    """An update from its row, as read or as the table's stream brings it. Raises NotOurs."""
    town, shard, kind, key = place_of_row(row)
    try:
        at, raw, expires_at_s = keys.parse_instant(row["at"]), row["raw"], int(row["expires_at"])
    except (LookupError, ValueError, TypeError, OverflowError) as why:
        raise NotOurs(f"an update's row has another form: {type(why).__name__}") from None
    if not isinstance(raw, str) or at.tzinfo is None:
        raise NotOurs("an update's row has values of other types")
    return InboxUpdate(town, kind, shard, key, raw, at, expires_at_s)


def updates_of(table: Table, town: str, names: Collection[str], wamids: Collection[str]) -> list[tuple[str, str]]:
    """(pk, sk) of every update as it came that names this person, for their erasure, and of those emptied before.

    What they sent lies in the shards of their names. What nobody could read, or acts on, may lie in any.
    """
    of_theirs = {text_digest(spelling)[0] for name in names for spelling in spellings(name)}
    messages = {keys.update(UpdateKind.MESSAGE, wamid) for wamid in wamids}
    found = []
    for shard in SHARDS:
        pk = keys.inbox(town, shard)
        kinds = [""] if shard in of_theirs else [keys.update(kind, "") for kind in NOT_ACTED_ON]
        rows = (row for prefix in kinds for row in table.query(pk, prefix=prefix))
        found += [(pk, row["sk"]) for row in rows if row["sk"] in messages or _is_about(row, names)]
    return found


def _is_about(row: Mapping[str, Any], names: Collection[str]) -> bool:
    kind, raw = row["sk"].partition("#")[0], str(row.get("raw", ""))
    return names_anywhere(raw, names) if kind in NOT_ACTED_ON else bool(names_in(raw) & set(names))


def _update_row(update: InboxUpdate) -> dict[str, Any]:
    return {
        "pk": keys.inbox(update.town, update.shard),
        "sk": keys.update(update.kind, update.key),
        "kind": str(update.kind),
        "at": keys.instant(update.at),
        "raw": update.raw,
        "expires_at": update.expires_at_s,
    }


def _status_row(town: str, report: StatusReport) -> dict[str, Any]:
    key = report.key
    if key.cause.startswith("a."):
        place = {
            "pk": keys.citizen(town, key.citizen_id),
            "sk": keys.answer_status(key.cause.removeprefix("a."), key.attempt, report.status),
            "expires_at": _after(report.at, ANSWER_STATUS.total_seconds()),
        }
    else:
        place = {
            "pk": keys.deliveries_of(town, key.cause, key.citizen_id),
            "sk": keys.status(key.citizen_id, key.attempt, report.status),
            "expires_at": _after(report.at, DELIVERY.total_seconds()),
        }
    return {
        **place,
        "at": keys.instant(report.at),
        "code": report.code,
        "pricing_category": report.pricing_category or None,
        "pricing_type": report.pricing_type or None,
    }


def _undelivered_row(town: str, report: StatusReport) -> Mapping[str, Any] | None:
    """For the list of answers that did not arrive; None for anything else."""
    key = report.key
    if report.status is not Status.FAILED or not key.cause.startswith("a."):
        return None
    return undelivered_row(AnswerRef(town, key.citizen_id, key.cause.removeprefix("a.")), report.at)


def _orphan_row(orphan: InboxUpdate) -> dict[str, Any]:
    digest, _, status = orphan.key.rpartition("#")
    return {
        "pk": keys.orphan_status(orphan.town, digest),
        "sk": f"S#{status}",
        "at": keys.instant(orphan.at),
        "raw": orphan.raw,
        "expires_at": orphan.expires_at_s,
    }


def _after(at: datetime, seconds: float) -> int:
    return int(at.timestamp() + seconds)
