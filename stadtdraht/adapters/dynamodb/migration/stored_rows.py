"""Port StoredRows: walks through the whole table, so it is for the operator alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import NEWSLETTER_SHAPE, renewed_newsletter
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.profiles import PROFILE_SHAPE, citizen_of, profile_row
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, from_item, to_item
from stadtdraht.ports.migration import Migration, OlderRow, Renewal, RowsPage

PROFILE: Final = "profile"
NEWSLETTER: Final = "newsletter"
CONVERSATION_LIST: Final = "conversation list"  # of versions before 0.3: its rows go, and others stand in their place

_OLDER: Final = (
    "(sk = :profile AND (attribute_not_exists(#shape) OR #shape < :profile_shape)) OR "
    "(sk = :meta AND attribute_exists(broadcast) AND (attribute_not_exists(#shape) OR #shape < :newsletter_shape)) OR "
    "contains(pk, :conversations)"
)


@dataclass(frozen=True, slots=True)
class DynamoStoredRows:
    """Pages of the table in its own order, with the rows of older shapes alone."""

    table: Table
    pepper: bytes
    rows_a_page: int | None = None  # as many as a megabyte holds
    shapes: str = f"{CONVERSATION_LIST} 2, {NEWSLETTER} {NEWSLETTER_SHAPE}, {PROFILE} {PROFILE_SHAPE}"

    def page(self, after: str) -> RowsPage:
        values = {
            ":profile": keys.PROFILE,
            ":profile_shape": PROFILE_SHAPE,
            ":meta": keys.META,
            ":newsletter_shape": NEWSLETTER_SHAPE,
            ":conversations": keys.conversations(""),
        }
        request: dict[str, Any] = {
            "TableName": self.table.name,
            "FilterExpression": _OLDER,
            "ExpressionAttributeNames": {"#shape": keys.SHAPE},
            "ExpressionAttributeValues": to_item(values),
            "ConsistentRead": True,
        }
        if self.rows_a_page:
            request["Limit"] = self.rows_a_page
        if after:
            request["ExclusiveStartKey"] = to_item(dict(zip(("pk", "sk"), json.loads(after), strict=True)))
        found = self.table.client.scan(**request)
        last = from_item(found["LastEvaluatedKey"]) if "LastEvaluatedKey" in found else None
        older = [_older(from_item(it)) for it in found["Items"]]
        return RowsPage(found["ScannedCount"], older, json.dumps([last["pk"], last["sk"]]) if last else "")

    def renew(self, row: OlderRow) -> Renewal:
        town, _, rest = row.stored["pk"].partition("#")
        try:
            match row.kind:
                case "profile":
                    citizen = citizen_of(town, rest.partition("#")[2], row.stored)
                    put = self._put({**row.stored, **profile_row(citizen)}, "version = :before", row.stored["version"])
                case "newsletter":
                    put = self._put(renewed_newsletter(row.stored), "broadcast = :before", row.stored["broadcast"])
                case _:
                    put = DynamoCitizens(self.table, self.pepper).bring_over(town, row.stored["sk"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return Renewal.UNREADABLE
        return Renewal.RENEWED if put else Renewal.OVERTAKEN

    def _put(self, row: Item, condition: str, before: Any) -> bool:
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item(row),
                ConditionExpression=condition,
                ExpressionAttributeValues=to_item({":before": before}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def migration(self) -> Migration | None:
        row = self.table.get(keys.MIGRATION, keys.STATE)
        return _migration(row) if row else None

    def keep(self, migration: Migration) -> None:
        done = migration.done_at
        state = {
            "shapes": migration.shapes,
            "begun_at": keys.instant(migration.begun_at),
            "after": migration.after,
            "looked_at": migration.looked_at,
            "renewed": dict(migration.renewed),
            "overtaken": migration.overtaken,
            "unreadable": list(migration.unreadable),
            "done_at": keys.instant(done) if done else None,
        }
        self.table.put_all([{"pk": keys.MIGRATION, "sk": keys.STATE, **state}])


def _older(row: Mapping[str, Any]) -> OlderRow:
    kinds = {keys.PROFILE: PROFILE, keys.META: NEWSLETTER}
    return OlderRow(kinds.get(row["sk"], CONVERSATION_LIST), f"{row['pk']} {row['sk']}", row)


def _migration(row: Mapping[str, Any]) -> Migration:
    return Migration(
        shapes=row["shapes"],
        begun_at=keys.parse_instant(row["begun_at"]),
        after=row["after"],
        looked_at=int(row["looked_at"]),
        renewed={kind: int(count) for kind, count in row["renewed"].items()},
        overtaken=int(row["overtaken"]),
        unreadable=tuple(row["unreadable"]),
        done_at=keys.parse_instant(row["done_at"]) if "done_at" in row else None,
    )
