"""Port Controls on the table: one control item per number, for all its senders."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.slices import DEFAULT_RATE_MPS, Control


@dataclass(frozen=True, slots=True)
class DynamoControls:
    """Control items; a number without one sends at Meta's default rate."""

    table: Table

    async def read(self, town: str, phone_number_id: str) -> Control:
        return await asyncio.to_thread(self._read, town, phone_number_id)

    def _read(self, town: str, phone_number_id: str) -> Control:
        row = self.table.get(keys.number(town, phone_number_id), keys.CONTROL) or {}
        until = row.get("crisis_until")
        return Control(
            rate_mps=int(row.get("rate_mps", DEFAULT_RATE_MPS)),
            paused=bool(row.get("paused", False)),
            crisis_until=keys.parse_instant(until) if until else None,
            stopped=frozenset(row.get("stopped", ())),
        )

    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None:
        self._update(town, phone_number_id, f"{'ADD' if stopped else 'DELETE'} stopped :value", {cause})

    def pause(self, town: str, phone_number_id: str, *, paused: bool) -> None:
        self._update(town, phone_number_id, "SET paused = :value", paused)

    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None:
        self._update(town, phone_number_id, "SET rate_mps = :value", rate_mps)

    async def hold_for_crisis(self, town: str, phone_number_id: str, until: datetime) -> None:
        longer = "attribute_not_exists(crisis_until) OR crisis_until < :value"
        await asyncio.to_thread(
            self._update, town, phone_number_id, "SET crisis_until = :value", keys.instant(until), longer
        )

    def _update(self, town: str, phone_number_id: str, change: str, value: Any, condition: str = "") -> None:
        guard: dict[str, Any] = {"ConditionExpression": condition} if condition else {}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.number(town, phone_number_id), "sk": keys.CONTROL}),
                UpdateExpression=change,
                ExpressionAttributeValues=to_item({":value": value}),
                **guard,
            )
        except ClientError as error:
            if not condition or not condition_failed(error):
                raise
