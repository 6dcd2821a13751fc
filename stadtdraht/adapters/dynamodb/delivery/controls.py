"""Ports Controls and NumberRates on the table: one control item per number, for all its senders."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.delivery.slices import DEFAULT_RATE_MPS, Control

LEASE = "lease:"  # and its holder: an attribute each, so that to end one touches no other
LONG_OVER = timedelta(hours=1)  # left by somebody who died


def lease_of(holder: str) -> str:
    """The attribute of a holder's lease; also part of the transaction that raises an alert."""
    return f"{LEASE}{holder}"


@dataclass(frozen=True, slots=True)
class DynamoControls:
    """Control items; a number without one sends at Meta's default rate."""

    table: Table

    async def read(self, town: str, phone_number_id: str) -> Control:
        return await asyncio.to_thread(self._read, town, phone_number_id)

    def _read(self, town: str, phone_number_id: str) -> Control:
        row = self.table.get(keys.number(town, phone_number_id), keys.CONTROL) or {}
        return Control(
            rate_mps=int(row.get("rate_mps", DEFAULT_RATE_MPS)),
            stopped=frozenset(row.get("stopped", ())),
            leases=_leases(row),
        )

    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None:
        self._update(town, phone_number_id, f"{'ADD' if stopped else 'DELETE'} stopped :value", {cause})

    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None:
        self._update(town, phone_number_id, "SET rate_mps = :value", rate_mps)

    async def lease_for_crisis(self, town: str, phone_number_id: str, holder: str, until: datetime) -> None:
        longer = "attribute_not_exists(#lease) OR #lease < :value"
        lease, value = lease_of(holder), keys.instant(until)
        await asyncio.to_thread(
            self._update, town, phone_number_id, "SET #lease = :value", value, condition=longer, lease=lease
        )

    async def give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        await asyncio.to_thread(self._give_back, town, phone_number_id, holder, now)

    def _give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        left = self._update(
            town, phone_number_id, "REMOVE #lease", condition="attribute_exists(#lease)", lease=lease_of(holder)
        )
        for other, until in _leases(left).items():
            if until < now - LONG_OVER:
                unchanged, value = "#lease = :value", keys.instant(until)
                self._update(town, phone_number_id, "REMOVE #lease", value, condition=unchanged, lease=lease_of(other))

    def _update(
        self, town: str, phone_number_id: str, change: str, value: Any = None, *, condition: str = "", lease: str = ""
    ) -> Mapping[str, Any]:
        """Returns the row as it stands then; nothing when the condition does not hold."""
        more: dict[str, Any] = {}
        if condition:
            more["ConditionExpression"] = condition
        if lease:
            more["ExpressionAttributeNames"] = {"#lease": lease}
        if value is not None:
            more["ExpressionAttributeValues"] = to_item({":value": value})
        try:
            answer = self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.number(town, phone_number_id), "sk": keys.CONTROL}),
                UpdateExpression=change,
                ReturnValues="ALL_NEW",
                **more,
            )
        except ClientError as error:
            if not condition or not condition_failed(error):
                raise
            return {}
        return from_item(answer["Attributes"])


def _leases(row: Mapping[str, Any]) -> dict[str, datetime]:
    return {
        name.removeprefix(LEASE): keys.parse_instant(until) for name, until in row.items() if name.startswith(LEASE)
    }
