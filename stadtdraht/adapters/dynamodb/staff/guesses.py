"""Port Guesses on the table: a counter for each address that anybody types, by its digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.retention import PIN_GUESSES
from stadtdraht.domain.staff.sign_in import GUESSES, LOCK

a_guess_is_left = "guessed_at > :unlocked AND guesses < :most"
none_counts_any_more = "attribute_not_exists(guesses) OR guessed_at <= :unlocked"
ONE_MORE = "SET guessed_at = :now, expires_at = :end ADD guesses :one"
ANEW = "SET guesses = :one, guessed_at = :now, expires_at = :end"


@dataclass(frozen=True, slots=True)
class DynamoGuesses:
    """Counted before anything is looked at, so that many who ask at once have no more guesses than one."""

    table: Table

    def may_guess(self, email: str, now: datetime) -> bool:
        times = {":now": keys.instant(now), ":end": int((now + PIN_GUESSES).timestamp())}
        values = {**times, ":one": 1, ":unlocked": keys.instant(now - LOCK)}
        limited = {**values, ":most": GUESSES}
        # Of many who begin anew at once one is first; the others then add to what it began.
        return (
            self._update(email, ONE_MORE, limited, a_guess_is_left)
            or self._update(email, ANEW, values, none_counts_any_more)
            or self._update(email, ONE_MORE, limited, a_guess_is_left)
        )

    def locked_until(self, email: str) -> datetime | None:
        row = self.table.get(_pk(email), keys.GUESSES)
        if row is None or int(row.get("guesses", 0)) < GUESSES:
            return None
        return keys.parse_instant(row["guessed_at"]) + LOCK

    def forget(self, email: str) -> None:
        self._update(email, "REMOVE guesses, guessed_at", {}, "attribute_exists(pk)")

    def _update(self, email: str, change: str, values: Mapping[str, Any], condition: str) -> bool:
        given: dict[str, Any] = {"ExpressionAttributeValues": to_item(values)} if values else {}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": _pk(email), "sk": keys.GUESSES}),
                UpdateExpression=change,
                ConditionExpression=condition,
                **given,
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def _pk(email: str) -> str:
    return keys.door_guesses(hashlib.sha256(email.encode()).hexdigest())
