"""Port Clicks on the table: counters over 16 partitions, since a partition takes 1,000 writes per second."""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, to_item
from stadtdraht.domain.identifiers import SHARDS


@dataclass(frozen=True, slots=True)
class DynamoClicks:
    """One row per newsletter, item and shard, which only ever grows."""

    table: Table

    def count(self, broadcast_id: str, item: int) -> None:
        key = {"pk": keys.clicks(broadcast_id, secrets.choice(SHARDS)), "sk": str(item)}
        self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item(key),
            UpdateExpression="ADD clicks :one",
            ExpressionAttributeValues=to_item({":one": 1}),
        )

    def of(self, broadcast_id: str) -> Mapping[int, int]:
        found: Counter[int] = Counter()
        for shard in SHARDS:
            for row in self.table.query(keys.clicks(broadcast_id, shard)):
                found[int(row["sk"])] += int(row["clicks"])
        return found
