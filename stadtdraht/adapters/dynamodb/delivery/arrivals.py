"""Port Arrivals on the table: the rows that webhooks write beside the messages that they store."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.delivery.pace import Arrival

NEWEST = 1_000


@dataclass(frozen=True, slots=True)
class DynamoArrivals:
    """One partition for each town, a row for each webhook that brought it messages."""

    table: Table

    async def since(self, town: str, at: datetime) -> Sequence[Arrival]:
        return await asyncio.to_thread(self._since, town, at)

    def _since(self, town: str, at: datetime) -> Sequence[Arrival]:
        where = {":pk": keys.arrivals(town), ":at": keys.instant(at)}
        rows = self.table.pages("pk = :pk AND sk > :at", where, forward=False, limit=NEWEST)
        return [Arrival(keys.instant_of_arrival(row["sk"]), int(row["messages"])) for row in rows]
