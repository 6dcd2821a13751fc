"""Port TextBlocks on the table: one partition per town. A removed one is written over with an early end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.staff.text_block import TextBlock

WRITTEN = ("title", "words", "topic", "language", "by", "changed_at")


@dataclass(frozen=True, slots=True)
class DynamoTextBlocks:
    """Read whole: a town keeps some dozens."""

    table: Table

    def of_town(self, town: str) -> Sequence[TextBlock]:
        return [_block(row) for row in self.table.query(keys.text_blocks(town)) if not row.get("over")]

    def get(self, town: str, block_id: str) -> TextBlock | None:
        row = self.table.get(keys.text_blocks(town), block_id)
        return _block(row) if row and not row.get("over") else None

    def put(self, town: str, block: TextBlock) -> None:
        values = {
            ":title": block.title,
            ":words": block.words,
            ":topic": block.topic,
            ":language": block.language,
            ":by": block.by,
            ":changed_at": keys.instant(block.changed_at) if block.changed_at else "",
        }
        written = ", ".join(f"#{name} = :{name}" for name in WRITTEN)
        names = {f"#{it}": it for it in (*WRITTEN, "over")}
        self._update(town, block.id, f"SET {written} REMOVE #over, expires_at", values, names)

    def count_use(self, town: str, block_id: str) -> None:
        try:
            self._update(town, block_id, "ADD used :one", {":one": 1}, {"#words": "words"}, "attribute_exists(#words)")
        except ClientError as error:
            if not condition_failed(error):
                raise

    def remove(self, town: str, block_id: str, now: datetime) -> None:
        row = {"pk": keys.text_blocks(town), "sk": block_id, "over": True, "expires_at": int(now.timestamp())}
        self.table.put_all([row])

    def _update(
        self,
        town: str,
        block_id: str,
        change: str,
        values: Mapping[str, Any],
        names: Mapping[str, str],
        condition: str = "",
    ) -> None:
        self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item({"pk": keys.text_blocks(town), "sk": block_id}),
            UpdateExpression=change,
            ExpressionAttributeValues=to_item(values),
            **({"ExpressionAttributeNames": dict(names)} if names else {}),  # type: ignore[arg-type]
            **({"ConditionExpression": condition} if condition else {}),  # type: ignore[arg-type]
        )


def _block(row: Mapping[str, Any]) -> TextBlock:
    return TextBlock(
        row["sk"],
        row["title"],
        row["words"],
        row["topic"],
        row["language"],
        row["by"],
        keys.parse_instant(row["changed_at"]) if row["changed_at"] else None,
        int(row.get("used", 0)),
    )
