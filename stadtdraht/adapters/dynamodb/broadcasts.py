"""Port Broadcasts on the table."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.identifiers import BROADCAST, town_of


@dataclass(frozen=True, slots=True)
class DynamoBroadcasts:
    """Newsletters: one META row each, and a list per town."""

    table: Table

    def create(self, broadcast: Broadcast) -> None:
        listed = {
            "pk": keys.causes(broadcast.town, BROADCAST),
            "sk": keys.listed(broadcast.released_at, broadcast.broadcast_id),
            "cause": broadcast.broadcast_id,
        }
        self.table.put_all([_row(broadcast), listed])

    def get(self, broadcast_id: str) -> Broadcast | None:
        row = self.table.get(keys.cause(broadcast_id), keys.META) if town_of(broadcast_id) else None
        return _broadcast(row["broadcast"]) if row and "broadcast" in row else None

    def replace(self, before: Broadcast, after: Broadcast) -> bool:
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item(_row(after)),
                ConditionExpression="broadcast = :before",
                ExpressionAttributeValues=to_item({":before": _text(before)}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def recent(self, town: str, limit: int = 20) -> Sequence[Broadcast]:
        rows = self.table.query(keys.causes(town, BROADCAST), newest_first=True, limit=limit)
        return [broadcast for row in rows if (broadcast := self.get(row["cause"]))]


def _row(broadcast: Broadcast) -> dict[str, Any]:
    return {"pk": keys.cause(broadcast.broadcast_id), "sk": keys.META, "broadcast": _text(broadcast)}


def _text(broadcast: Broadcast) -> str:
    starts_at = broadcast.starts_at
    values = asdict(broadcast) | {
        "released_at": keys.instant(broadcast.released_at),
        "starts_at": keys.instant(starts_at) if starts_at else None,
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _broadcast(text: str) -> Broadcast:
    values = json.loads(text)
    starts_at = values["starts_at"]
    return Broadcast(
        **values
        | {
            "state": BroadcastState(values["state"]),
            "released_at": keys.parse_instant(values["released_at"]),
            "starts_at": keys.parse_instant(starts_at) if starts_at else None,
        }
    )
