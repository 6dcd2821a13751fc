"""Port AlertCounts on the table: one row beside the alert, written whole by whoever counted last."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.identifiers import town_of


@dataclass(frozen=True, slots=True)
class DynamoAlertCounts:
    """Counts of alerts."""

    table: Table

    def latest(self, alert_id: str) -> AlertCount | None:
        row = self.table.get(keys.cause(alert_id), keys.COUNT) if town_of(alert_id) else None
        if row is None:
            return None
        by_district = {
            district: DeliveryFigures(**counted) for district, counted in json.loads(row["by_district"]).items()
        }
        return AlertCount(
            keys.parse_instant(row["counted_at"]),
            rows=int(row["rows"]),
            resent=int(row["resent"]),
            by_district=by_district,
            no_way=int(row.get("no_way", 0)),
        )

    def take(self, alert_id: str, now: datetime, until: datetime) -> bool:
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.cause(alert_id), "sk": keys.COUNT}),
                UpdateExpression="SET counting_until = :until",
                ConditionExpression="attribute_exists(pk) AND "
                "(attribute_not_exists(counting_until) OR counting_until <= :now)",
                ExpressionAttributeValues=to_item({":now": keys.instant(now), ":until": keys.instant(until)}),
            )
        except ClientError as error:
            if condition_failed(error):
                return False
            raise
        return True

    def keep(self, alert_id: str, count: AlertCount) -> None:
        row = {
            "pk": keys.cause(alert_id),
            "sk": keys.COUNT,
            "counted_at": keys.instant(count.counted_at),
            "rows": count.rows,
            "resent": count.resent,
            "no_way": count.no_way,
            "by_district": json.dumps({district: asdict(it) for district, it in count.by_district.items()}),
        }
        self.table.client.put_item(TableName=self.table.name, Item=to_item(row))
