"""Port Deliveries on the table: outcome rows (ours) beside status rows (Meta's), 16 partitions per cause."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.adapters.dynamodb.towns.line_signs import SignRows
from stadtdraht.domain.delivery.delivery import Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.identifiers import ALERT, BROADCAST, DRILL, SHARDS, kind_of
from stadtdraht.domain.retention import DELIVERY
from stadtdraht.domain.whatsapp.line_signs import Sign

IN_FULL = ("sk", "outcome", "at", "reason", "code", "pricing_category", "pricing_type", "way")
DRILL_WAMID = "drill."
LOOKED_THROUGH = 300  # causes of each kind; of the older ones no rows are left, at three a day
OUTCOME_PARTS = 3  # {citizen_id}#O#{attempt}; a status has a fourth part


@dataclass(frozen=True, slots=True)
class DynamoDeliveries:
    """Outcome and status rows of broadcasts and alerts."""

    table: Table
    signs: SignRows = field(default_factory=SignRows)

    async def record(self, town: str, outcomes: Sequence[Outcome]) -> None:
        rows: list[Mapping[str, Any]] = [_row(town, outcome) for outcome in outcomes]
        if any(it.kind is OutcomeKind.ACCEPTED and kind_of(it.key.cause) != DRILL for it in outcomes):
            rows += self.signs.due([(town, Sign.ACCEPTED)])
        await asyncio.to_thread(self.table.put_all, rows)

    async def mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        return await asyncio.to_thread(self._mark_unknown, town, outcomes)

    def _mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        written = []
        for outcome in outcomes:
            try:
                self.table.client.put_item(
                    TableName=self.table.name,
                    Item=to_item(_row(town, outcome)),
                    ConditionExpression="attribute_not_exists(pk)",
                )
            except ClientError as error:
                if not condition_failed(error):
                    raise
            else:
                written.append(outcome)
        return written

    async def rows_of(
        self, town: str, cause: str, citizen_ids: Sequence[str]
    ) -> Sequence[tuple[str, int, OutcomeKind | Status, str]]:
        return await asyncio.to_thread(self._rows_of, town, cause, citizen_ids)

    def _rows_of(
        self, town: str, cause: str, citizen_ids: Sequence[str]
    ) -> Sequence[tuple[str, int, OutcomeKind | Status, str]]:
        return [
            _read(row)
            for citizen_id in citizen_ids
            for row in self.table.query(keys.deliveries_of(town, cause, citizen_id), prefix=f"{citizen_id}#")
        ]

    async def known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        return await asyncio.to_thread(self._known, town, cause, after, upto)

    def _known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        found = set()
        for shard in SHARDS:
            if not after[:1] <= shard <= upto[:1]:
                continue
            # "$" sorts behind "#": everything of `after` itself lies below the range, everything of `upto` within.
            for row in self.table.between(keys.deliveries(town, cause, shard), f"{after}$", f"{upto}$"):
                citizen_id, kind, *_ = row["sk"].split("#")
                if kind == "O":
                    found.add(citizen_id)
        return frozenset(found)

    def rows(self, town: str, cause: str) -> Iterator[tuple[str, int, OutcomeKind | Status, str]]:
        for shard in SHARDS:
            yield from map(_read, self.table.query(keys.deliveries(town, cause, shard)))

    def in_full(self, town: str, cause: str) -> Iterator[DeliveryRow]:
        for shard in SHARDS:
            rows = self.table.query(keys.deliveries(town, cause, shard), only=IN_FULL)
            yield from map(delivery_row, rows)

    def of_people(self, town: str, citizen_ids: Sequence[str]) -> Mapping[str, Sequence[DeliveryRow]]:
        found = {}
        for kind in (BROADCAST, ALERT, DRILL):
            for listed in self.table.query(keys.causes(town, kind), newest_first=True, limit=LOOKED_THROUGH):
                of_cause = (keys.deliveries_of(town, listed["cause"], who) for who in citizen_ids)
                pairs = zip(of_cause, citizen_ids, strict=True)
                rows = [row for pk, who in pairs for row in self.table.query(pk, prefix=f"{who}#", only=IN_FULL)]
                if rows:
                    found[listed["cause"]] = list(map(delivery_row, rows))
        return found


def _read(row: Mapping[str, Any]) -> tuple[str, int, OutcomeKind | Status, str]:
    parts = row["sk"].split("#")
    if len(parts) == OUTCOME_PARTS:
        return parts[0], int(parts[2]), OutcomeKind(row["outcome"]), row.get("reason", "")
    return parts[0], int(parts[2]), Status(parts[3]), str(row.get("code", ""))


def delivery_row(row: Mapping[str, Any]) -> DeliveryRow:
    who, attempt, kind, reason = _read(row)
    category, how = row.get("pricing_category", ""), row.get("pricing_type", "")
    at = keys.parse_instant(row["at"])
    return DeliveryRow(who, attempt, kind, at, reason, category, how, row.get("way", ""))


def _row(town: str, outcome: Outcome) -> dict[str, Any]:
    key = outcome.key
    return {
        "pk": keys.deliveries_of(town, key.cause, key.citizen_id),
        "sk": keys.outcome(key.citizen_id, key.attempt),
        "outcome": str(outcome.kind),
        "at": keys.instant(outcome.at),
        "wamid": outcome.wamid if outcome.wamid.startswith(DRILL_WAMID) else None,  # Meta's hold the number
        "reason": outcome.reason or None,
        "way": outcome.route or None,
        "expires_at": int((outcome.at + DELIVERY).timestamp()),
    }
