"""Port Alerts on the table: one transaction raises an alert, whoever presses and however often."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.crisis import alert_undo
from stadtdraht.adapters.dynamodb.delivery.controls import lease_of
from stadtdraht.adapters.dynamodb.delivery.slices import waiting_row
from stadtdraht.adapters.dynamodb.table import Table, from_item, to_item
from stadtdraht.domain.crisis.alert import (
    SAME_ALERT,
    Alert,
    AlertKind,
    AlreadyRaised,
    Raised,
    SpentOnOthers,
    Trigger,
    TriggerOutcome,
)
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.identifiers import ALERT, DRILL, is_cause_id
from stadtdraht.domain.retention import SPENT_NONCE

RACES = 8  # a transaction that met another one is tried again; each loser then finds the winner's rows
PAUSE_S = 0.03  # longer each time: 0.8 s in all
KEPT_BESIDE = ("followed_by", "followed_at", "undone_at")  # what happens to an alert later stands beside its words
WORTH_ANOTHER_TRY = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}

never_spent = "attribute_not_exists(pk)"
no_such_alert_just_now = "attribute_not_exists(pk) OR holds_until < :now"


@dataclass(frozen=True, slots=True)
class DynamoAlerts:
    """Alerts."""

    table: Table

    def raise_once(self, trigger: Trigger) -> TriggerOutcome:
        """The nonce, the alert, its slices and the number's control item change together or not at all."""
        for race in range(RACES):
            if race:
                time.sleep(random.uniform(0.5, 1.5) * PAUSE_S * race)  # noqa: S311  # spreads, hides nothing
                if spent := self._raised_with(trigger):
                    return _earlier(spent, trigger)
            try:
                self.table.client.transact_write_items(TransactItems=self._writes(trigger))  # type: ignore[arg-type]
            except ClientError as error:
                if winner := _winner(error):
                    return _earlier(winner, trigger)
            else:
                return Raised(trigger.alert.alert_id)
        raise RuntimeError("the alert's transaction kept losing races; nothing was raised")

    def _raised_with(self, trigger: Trigger) -> dict[str, Any] | None:
        """The row that says what this press wants to spend is spent."""
        rows = (self.table.get(keys.nonce(trigger.alert.town, one), keys.NONCE) for one in trigger.spends)
        return next((row for row in rows if row), None)

    def _writes(self, trigger: Trigger) -> list[dict[str, Any]]:
        alert, town = trigger.alert, trigger.alert.town
        now, cause = alert.raised_at, alert.alert_id
        guard: dict[str, Any] = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        forgotten = int((now + SPENT_NONCE).timestamp())
        recent = {
            **dict(zip(("pk", "sk"), keys.recent_alert(town, alert.sameness), strict=True)),
            "cause": cause,
            "holds_until": keys.instant(now + SAME_ALERT),
            "expires_at": forgotten,
        }
        spent = {"sk": keys.NONCE, "cause": cause, "choices": trigger.choices or None, "expires_at": forgotten}
        listed = {"pk": keys.causes(town, _kind(alert.mode)), "sk": keys.listed(now, cause), "cause": cause}
        writes = [
            *(
                self._put(
                    spent | {"pk": keys.nonce(town, one)},
                    never_spent,
                    **guard,
                )
                for one in trigger.spends
            ),
            self._put(
                recent,
                no_such_alert_just_now,
                ExpressionAttributeValues=to_item({":now": keys.instant(now)}),
                **guard,
            ),
            self._put(_alert_row(alert)),
            self._put(listed),
            *([self._end(alert)] if alert.follows else []),
            *(self._put(waiting_row(work_slice, SliceState.WAITING)) for work_slice in trigger.slices),
        ]
        if alert.mode is LinkMode.LIVE:
            writes.append(self._lease(trigger))
        return writes

    def _put(self, row: dict[str, Any], condition: str = "", **more: Any) -> dict[str, Any]:
        guarded = {"ConditionExpression": condition, **more} if condition else {}
        return {"Put": {"TableName": self.table.name, "Item": to_item(row), **guarded}}

    def _end(self, alert: Alert) -> dict[str, Any]:
        """The alert before: it holds no longer, and only one can follow it."""
        ended_at = keys.instant(alert.takes_effect_at)
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": to_item({"pk": keys.cause(alert.follows), "sk": keys.META}),
                "UpdateExpression": "SET followed_by = :by, followed_at = :at",
                "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(followed_by)",
                "ExpressionAttributeValues": to_item({":by": alert.alert_id, ":at": ended_at}),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _lease(self, trigger: Trigger) -> dict[str, Any]:
        """Newsletters yield to this alert; the one that it follows stops within a second, once nobody can undo it."""
        alert = trigger.alert
        stops = {":stops": {alert.follows}} if alert.follows and alert.sends_at is None else {}
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": to_item({"pk": keys.number(trigger.alert.town, trigger.phone_number_id), "sk": keys.CONTROL}),
                "UpdateExpression": "SET #lease = :until" + (" ADD stopped :stops" if stops else ""),
                "ExpressionAttributeNames": {"#lease": lease_of(trigger.alert.alert_id)},
                "ExpressionAttributeValues": to_item({":until": keys.instant(trigger.crisis_until), **stops}),
            }
        }

    def undo(self, alert: Alert, now: datetime) -> bool:
        return alert_undo.undo(self.table, alert, now)

    def begin(self, alert_id: str, now: datetime) -> Alert | None:
        alert_undo.begin(self.table, alert_id, now)
        return self.get(alert_id)

    def get(self, alert_id: str) -> Alert | None:
        row = self.table.get(keys.cause(alert_id), keys.META) if is_cause_id(alert_id) else None
        return _alert(row) if row and "alert" in row else None  # strongly consistent: what followed it is seen at once

    def recent(self, town: str, mode: LinkMode = LinkMode.LIVE, limit: int = 20) -> Sequence[Alert]:
        rows = self.table.query(keys.causes(town, _kind(mode)), newest_first=True, limit=limit)
        return [alert for row in rows if (alert := self.get(row["cause"]))]


def _earlier(row: dict[str, Any], trigger: Trigger) -> TriggerOutcome:
    """What the row in the way says: it names the alert that stands, or the one that followed it."""
    alert_id = str(row.get("followed_by") or row["cause"])
    others = row["sk"] == keys.NONCE and row.get("choices", trigger.choices) != trigger.choices
    return SpentOnOthers(alert_id) if others else AlreadyRaised(alert_id)


def _winner(error: ClientError) -> dict[str, Any] | None:
    """The row that stood in the way; None when two transactions met and neither won. Raises any other error."""
    if error.response["Error"]["Code"] != "TransactionCanceledException":
        raise error
    reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]
    winner = next((from_item(reason["Item"]) for reason in reasons if reason.get("Item")), None)
    if winner is None and not any(reason.get("Code") in WORTH_ANOTHER_TRY for reason in reasons):
        raise error
    return winner


def _kind(mode: LinkMode) -> str:
    return ALERT if mode is LinkMode.LIVE else DRILL


def _alert_row(alert: Alert) -> dict[str, Any]:
    values = {name: value for name, value in asdict(alert).items() if name not in KEPT_BESIDE} | {
        "districts": sorted(alert.districts),
        "also_for": None if alert.also_for is None else sorted(alert.also_for),
        "raised_at": keys.instant(alert.raised_at),
        "expires_at": keys.instant(alert.expires_at),
        "sends_at": keys.instant(alert.sends_at) if alert.sends_at else None,
    }
    return {"pk": keys.cause(alert.alert_id), "sk": keys.META, "alert": json.dumps(values, ensure_ascii=False)}


def _alert(row: dict[str, Any]) -> Alert:
    values = json.loads(row["alert"])
    return Alert(
        **values
        | {
            "mode": LinkMode(values["mode"]),
            "kind": AlertKind(values.get("kind", AlertKind.ALERT)),
            "districts": frozenset(values["districts"]),
            "raised_at": keys.parse_instant(values["raised_at"]),
            "expires_at": keys.parse_instant(values["expires_at"]),
            "also_for": None if values.get("also_for") is None else frozenset(values["also_for"]),
            "followed_by": row.get("followed_by", ""),
            "followed_at": _moment(row.get("followed_at")),
            "sends_at": _moment(values.get("sends_at")),
            "undone_at": _moment(row.get("undone_at")),
        }
    )


def _moment(written: str | None) -> datetime | None:
    return keys.parse_instant(written) if written else None
