"""Who is quicker, the hand that takes an alert back or the sender that begins it: one row decides, for both."""

import random
import time
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.crisis.alert import Alert

RACES = 8
PAUSE_S = 0.03
REFUSED = "ConditionalCheckFailed"
JUST_BEFORE = timedelta(milliseconds=1)

not_yet_begun = "attribute_exists(pk) AND attribute_not_exists(begun_at) AND attribute_not_exists(undone_at)"


def begin(table: Table, alert_id: str, now: datetime) -> None:
    """Marks the alert as begun, unless it was undone; several lanes may do so, and one after a crash again."""
    try:
        table.client.update_item(
            TableName=table.name,
            Key=to_item({"pk": keys.cause(alert_id), "sk": keys.META}),
            UpdateExpression="SET begun_at = if_not_exists(begun_at, :now)",
            ConditionExpression="attribute_exists(pk) AND attribute_not_exists(undone_at)",
            ExpressionAttributeValues=to_item({":now": keys.instant(now)}),
        )
    except ClientError as error:
        if not condition_failed(error):
            raise


def undo(table: Table, alert: Alert, now: datetime) -> bool:
    """Takes it back with all that its press put down, or nothing of it; False when it has begun."""
    for race in range(RACES):
        time.sleep(random.uniform(0.5, 1.5) * PAUSE_S * race)  # noqa: S311  # spreads, hides nothing
        try:
            table.client.transact_write_items(TransactItems=_writes(table, alert, now))  # type: ignore[arg-type]
        except ClientError as error:
            reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]
            if not reasons:
                raise
            if any(reason.get("Code") == REFUSED for reason in reasons):
                return False
        else:
            return True
    raise RuntimeError("taking the alert back kept losing races; it goes out")


def _writes(table: Table, alert: Alert, now: datetime) -> list[dict[str, Any]]:
    undone, free_again = keys.instant(now), keys.instant(now - JUST_BEFORE)
    writes = [
        _update(table, keys.cause(alert.alert_id), keys.META, "SET undone_at = :to", not_yet_begun, undone),
        # Whoever presses again, with what was wrong put right, raises an alert of its own.
        _update(
            table,
            *keys.recent_alert(alert.town, alert.sameness),
            "SET holds_until = :to",
            "attribute_exists(pk)",
            free_again,
        ),
    ]
    if alert.follows:
        holds_on = "REMOVE followed_by, followed_at"
        before = keys.cause(alert.follows)
        writes.append(_update(table, before, keys.META, holds_on, "followed_by = :to", alert.alert_id))
    return writes


def _update(table: Table, pk: str, sk: str, change: str, condition: str, to: str) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": table.name,
            "Key": to_item({"pk": pk, "sk": sk}),
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": to_item({":to": to}),
        }
    }
