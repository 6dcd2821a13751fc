"""Port Notices on the table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.staff.notices import KEPT_FOR, Told

CLAIMED_FOR: Final = timedelta(minutes=1)  # a mail takes a tenth of a second; after a crash the next look tells


@dataclass(frozen=True, slots=True)
class DynamoNotices:
    """One row for each member of staff, gone when nothing in it counts any more."""

    table: Table

    def of_town(self, town: str) -> Mapping[str, Told]:
        return {
            row["sk"]: Told(
                keys.parse_instant(row["digest_at"]) if row.get("digest_at") else None,
                {name: keys.parse_instant(at) for name, at in json.loads(row["matters"]).items()},
                int(row.get("version", 0)),
            )
            for row in self.table.query(keys.told(town))
        }

    def claim(self, town: str, staff_id: str, told: Told, now: datetime) -> Told | None:
        claimed = replace(told, version=told.version + 1)
        as_read = "version = :version" if told.version else "attribute_not_exists(version)"
        nobody_else = "(attribute_not_exists(claimed_until) OR claimed_until < :now)"
        values = {":now": keys.instant(now), **({":version": told.version} if told.version else {})}
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item({**_row(town, staff_id, claimed, now), "claimed_until": keys.instant(now + CLAIMED_FOR)}),
                ConditionExpression=f"{as_read} AND {nobody_else}",
                ExpressionAttributeValues=to_item(values),
            )
        except ClientError as error:
            if condition_failed(error):
                return None
            raise
        return claimed

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None:
        self.table.put_all([_row(town, staff_id, replace(told, version=told.version + 1), now)])


def _row(town: str, staff_id: str, told: Told, now: datetime) -> Item:
    return {
        "pk": keys.told(town),
        "sk": staff_id,
        "digest_at": keys.instant(told.digest_at) if told.digest_at else None,
        "matters": json.dumps({name: keys.instant(at) for name, at in told.matters.items()}),
        "version": told.version,
        "expires_at": int((now + KEPT_FOR).timestamp()),
    }
