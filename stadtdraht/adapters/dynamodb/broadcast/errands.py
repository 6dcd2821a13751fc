"""Port Errands on the table: one row per newsletter and errand, beside the newsletter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.broadcast.errand import Errand, ErrandNote, ErrandResult


@dataclass(frozen=True, slots=True)
class DynamoErrands:
    """Asking and answering touch attributes of their own, so that neither undoes the other."""

    table: Table

    def get(self, broadcast_id: str, errand: Errand) -> ErrandNote:
        row = self.table.get(keys.cause(broadcast_id), keys.errand(errand))
        return _note(row) if row else ErrandNote()

    def ask(self, broadcast_id: str, errand: Errand, before: ErrandNote, now: datetime) -> bool:
        seen = {":seen": keys.instant(before.asked_at)} if before.asked_at else {}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.cause(broadcast_id), "sk": keys.errand(errand)}),
                UpdateExpression="SET asked_at = :now",
                ConditionExpression="asked_at = :seen" if seen else "attribute_not_exists(asked_at)",
                ExpressionAttributeValues=to_item({":now": keys.instant(now), **seen}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def answer(self, broadcast_id: str, errand: Errand, result: ErrandResult) -> None:
        text = json.dumps(_plain(result), ensure_ascii=False, sort_keys=True)
        self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item({"pk": keys.cause(broadcast_id), "sk": keys.errand(errand)}),
            UpdateExpression="SET answer = :answer",
            ExpressionAttributeValues=to_item({":answer": text}),
        )


def _plain(result: ErrandResult) -> dict[str, Any]:
    return {
        "at": keys.instant(result.at),
        "about": keys.instant(result.about) if result.about else None,
        "value": dict(result.value),
        "trouble": result.trouble,
        "trouble_in_english": result.trouble_in_english,
        "final": result.final,
    }


def _note(row: Mapping[str, Any]) -> ErrandNote:
    asked_at, answer = row.get("asked_at"), row.get("answer")
    return ErrandNote(
        keys.parse_instant(asked_at) if asked_at else None, _result(json.loads(answer)) if answer else None
    )


def _result(values: Mapping[str, Any]) -> ErrandResult:
    about = values["about"]
    moments = {"at": keys.parse_instant(values["at"]), "about": keys.parse_instant(about) if about else None}
    return ErrandResult(**{**values, **moments})
