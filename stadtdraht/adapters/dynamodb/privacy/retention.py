"""Port Retention: reads the whole table, so it is for the operator alone, and seldom."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.retention import ERASURE_PROOF, KeptRow


@dataclass(frozen=True, slots=True)
class DynamoRetention:
    """All rows of a town, for whoever has to show that they end."""

    table: Table

    def kept(self, town: str) -> Iterator[KeptRow]:
        pages = self.table.client.get_paginator("scan").paginate(
            TableName=self.table.name,
            FilterExpression="begins_with(pk, :town)",
            ExpressionAttributeValues=to_item({":town": keys.of_town(town)}),
            ProjectionExpression="pk, sk, expires_at, held_end",
        )
        for page in pages:
            for item in page["Items"]:
                row = from_item(item)
                end_s = row.get("expires_at")
                ends_at = None if end_s is None else datetime.fromtimestamp(int(end_s), UTC)
                held = ends_at is None and "held_end" in row
                yield KeptRow(keys.kind_of_row(row["pk"], row["sk"]), ends_at, (row["pk"], row["sk"]), held)

    def delete(self, rows: Sequence[KeptRow]) -> Sequence[KeptRow]:
        """One by one, since BatchWriteItem knows no condition."""
        return [row for row in rows if self._delete(row)]

    def note(self, town: str, at: datetime, deleted: Mapping[str, int]) -> None:
        row = {"pk": keys.sweeps(town), "sk": keys.instant(at), "deleted": json.dumps(dict(deleted), sort_keys=True)}
        self.table.put_all([row | {"expires_at": int((at + ERASURE_PROOF).timestamp())}])

    def noted(self, town: str) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        return [
            (keys.parse_instant(row["sk"]), json.loads(row["deleted"])) for row in self.table.query(keys.sweeps(town))
        ]

    def _delete(self, row: KeptRow) -> bool:
        if row.ends_at is None:
            return False
        pk, sk = row.key
        try:
            self.table.client.delete_item(
                TableName=self.table.name,
                Key=to_item({"pk": pk, "sk": sk}),
                ConditionExpression="expires_at <= :end",
                ExpressionAttributeValues=to_item({":end": int(row.ends_at.timestamp())}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True
