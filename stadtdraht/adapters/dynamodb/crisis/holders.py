"""Port Holders on the table: a row for each holder, with the wrong PINs and the guesses since the last right one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.crisis.links import LOCK, WRONG_PINS_ALLOWED, Holder

a_guess_is_left = (
    "attribute_exists(pk) AND (attribute_not_exists(guesses) OR size(guesses) < :most OR contains(guesses, :one) "
    "OR guessed_at <= :unlocked)"
)


@dataclass(frozen=True, slots=True)
class DynamoHolders:
    """Holders of crisis links."""

    table: Table

    def get(self, town: str, name: str) -> Holder | None:
        row = self.table.get(keys.crisis(town), keys.crisis_holder(name))
        return _holder(town, name, row) if row else None

    def save(self, holder: Holder) -> None:
        row = {"pk": keys.crisis(holder.town), "sk": keys.crisis_holder(holder.name), "pin_hash": holder.pin_hash}
        self.table.put_all([row])

    def may_guess(self, town: str, holder: str, mark: str, now: datetime) -> bool:
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.crisis(town), "sk": keys.crisis_holder(holder)}),
                UpdateExpression="SET guessed_at = :now ADD guesses :mark",
                ConditionExpression=a_guess_is_left,
                ExpressionAttributeValues={
                    **to_item(
                        {
                            ":now": keys.instant(now),
                            ":most": WRONG_PINS_ALLOWED,
                            ":one": mark,
                            ":unlocked": keys.instant(now - LOCK),
                        }
                    ),
                    ":mark": {"SS": [mark]},
                },
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def count_wrong_pin(self, town: str, holder: str, now: datetime) -> Holder:
        answer = self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item({"pk": keys.crisis(town), "sk": keys.crisis_holder(holder)}),
            UpdateExpression="SET last_wrong_at = :now ADD wrong_pins :one",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues=to_item({":now": keys.instant(now), ":one": 1}),
            ReturnValues="ALL_NEW",
        )
        return _holder(town, holder, from_item(answer["Attributes"]))

    def clear_wrong_pins(self, town: str, holder: str) -> None:
        self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item({"pk": keys.crisis(town), "sk": keys.crisis_holder(holder)}),
            UpdateExpression="REMOVE wrong_pins, last_wrong_at, guesses, guessed_at",
            ConditionExpression="attribute_exists(pk)",
        )


def _holder(town: str, name: str, row: dict[str, Any]) -> Holder:
    last = row.get("last_wrong_at")
    return Holder(
        town, name, row["pin_hash"], int(row.get("wrong_pins", 0)), keys.parse_instant(last) if last else None
    )
