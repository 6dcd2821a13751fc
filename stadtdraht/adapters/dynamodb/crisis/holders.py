"""Port Holders on the table: a row for each holder, and apart from it what is counted of wrong PINs and guesses.

Apart, so that the crisis page, which counts, has no right to write where PINs and links lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.crisis.links import LOCK, CrisisLink, Guesses, Holder
from stadtdraht.domain.retention import PIN_GUESSES

a_guess_is_left = (
    "guessed_at > :unlocked AND (size(guesses) < :most OR contains(guesses, :one)) "
    "AND (attribute_not_exists(wrong_pins) OR wrong_pins < :most)"
)
none_counts_any_more = "attribute_not_exists(guesses) OR guessed_at <= :unlocked"


@dataclass(frozen=True, slots=True)
class DynamoHolders:
    """Holders of crisis links."""

    table: Table

    def get(self, town: str, name: str) -> Holder | None:
        row = self.table.get(keys.crisis(town), keys.crisis_holder(name))
        lately = self.table.get(keys.guesses(town), keys.crisis_holder(name)) if row else None
        return _holder(town, name, row, lately or {}) if row else None

    def save(self, holder: Holder) -> None:
        name, guesses = keys.crisis_holder(holder.name), keys.guesses(holder.town)
        self.table.put_all([{"pk": keys.crisis(holder.town), "sk": name, "pin_hash": holder.pin_hash}])
        at_links = self.table.query(guesses, prefix=keys.crisis_guesses(holder.name), only=("sk",))
        self.table.delete_all([(guesses, sk) for sk in (name, *(row["sk"] for row in at_links))])

    def may_guess(self, link: CrisisLink, mark: str, most: int, now: datetime) -> bool:
        marked = {":mark": {"SS": [mark]}}
        one_more = {**marked, **to_item({":most": most, ":one": mark})}
        anew = "SET guesses = :mark, guessed_at = :now, expires_at = :end REMOVE wrong_pins"
        added = "SET guessed_at = :now, expires_at = :end ADD guesses :mark"
        # The first call is enough for a press in earnest. Of many who begin anew at once one is first; the others add
        # to what it began. Between two calls the rightful holder may have cleared all of it: hence twice.
        return any(
            self._guess(link, anew, none_counts_any_more, marked, now)
            or self._guess(link, added, a_guess_is_left, one_more, now)
            for _ in range(2)
        )

    def guesses(self, link: CrisisLink) -> Guesses:
        row = self.table.get(keys.guesses(link.town), keys.crisis_guesses(link.holder, link.link_id))
        return _guesses(row or {})

    def count_wrong_pin(self, link: CrisisLink, now: datetime) -> Guesses:
        row = self._update(
            _guesses_key(link), "SET expires_at = :end ADD wrong_pins :n", to_item(_ends(now) | {":n": 1})
        )
        times = _ends(now) | {":now": keys.instant(now), ":unlocked": keys.instant(now - LOCK)}
        lately, key = to_item(times | {":n": 1}), _holder_key(link)
        one_more = "SET last_wrong_at = :now, expires_at = :end ADD wrong_pins :n"
        if self._update(key, one_more, lately, "last_wrong_at > :unlocked") is None:
            self._update(
                key,
                "SET last_wrong_at = :now, expires_at = :end, wrong_pins = :n",
                lately,
                "attribute_not_exists(last_wrong_at) OR last_wrong_at <= :unlocked",
            )
        return _guesses(row or {})

    def clear_wrong_pins(self, link: CrisisLink) -> None:
        forgotten = "REMOVE wrong_pins, guesses, guessed_at"
        self._update(_guesses_key(link), forgotten, {}, "attribute_exists(pk)")
        self._update(_holder_key(link), "REMOVE wrong_pins, last_wrong_at", {}, "attribute_exists(pk)")

    def _guess(self, link: CrisisLink, change: str, condition: str, values: Mapping[str, Any], now: datetime) -> bool:
        times = _ends(now) | {":now": keys.instant(now), ":unlocked": keys.instant(now - LOCK)}
        return self._update(_guesses_key(link), change, {**values, **to_item(times)}, condition) is not None

    def _update(
        self, key: Mapping[str, str], change: str, values: Mapping[str, Any], condition: str = ""
    ) -> dict[str, Any] | None:
        """The row as it is now; None: the condition does not hold."""
        given = {"ConditionExpression": condition} if condition else {}
        try:
            answer = self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item(key),
                UpdateExpression=change,
                ReturnValues="ALL_NEW",
                **given,  # type: ignore[arg-type]
                **({"ExpressionAttributeValues": values} if values else {}),  # type: ignore[arg-type]
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return None
        return from_item(answer["Attributes"])


def _guesses_key(link: CrisisLink) -> Mapping[str, str]:
    return {"pk": keys.guesses(link.town), "sk": keys.crisis_guesses(link.holder, link.link_id)}


def _holder_key(link: CrisisLink) -> Mapping[str, str]:
    return {"pk": keys.guesses(link.town), "sk": keys.crisis_holder(link.holder)}


def _ends(now: datetime) -> dict[str, Any]:
    return {":end": int((now + PIN_GUESSES).timestamp())}


def _guesses(row: Mapping[str, Any]) -> Guesses:
    at = row.get("guessed_at")
    return Guesses(int(row.get("wrong_pins", 0)), keys.parse_instant(at) if at else None)


def _holder(town: str, name: str, row: Mapping[str, Any], lately: Mapping[str, Any]) -> Holder:
    last = lately.get("last_wrong_at")
    return Holder(
        town, name, row["pin_hash"], int(lately.get("wrong_pins", 0)), keys.parse_instant(last) if last else None
    )
