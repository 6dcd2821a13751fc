"""Port Holds on the table. A held row has no `expires_at`; its end stands in `held_end` until the release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import cases, contests, keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.privacy.legal_hold import Hold

TAKEN = "SET held_end = expires_at REMOVE expires_at"
GIVEN_BACK = "SET expires_at = held_end REMOVE held_end"


@dataclass(frozen=True, slots=True)
class DynamoHolds:
    """A row per hold, and what a hold does to the rows of its person."""

    table: Table

    def save(self, hold: Hold) -> None:
        row = {
            "pk": keys.holds(hold.town),
            "sk": keys.hold(hold.citizen_id, hold.case),
            "why": hold.why,
            "by": hold.by,
            "since": keys.instant(hold.since),
            "wished_at": keys.instant(hold.wished_at) if hold.wished_at else None,
        }
        self.table.put_all([row])

    def all(self, town: str) -> Sequence[Hold]:
        return [_hold(town, row) for row in self.table.query(keys.holds(town))]

    def of(self, town: str, citizen_ids: Sequence[str]) -> Sequence[Hold]:
        places = [keys.hold(citizen_id, "") for citizen_id in citizen_ids]
        return [_hold(town, row) for place in places for row in self.table.query(keys.holds(town), prefix=place)]

    def wish(self, hold: Hold, at: datetime) -> bool:
        place = keys.holds(hold.town), keys.hold(hold.citizen_id, hold.case)
        return self._update(place, "SET wished_at = :at", "attribute_exists(pk)", {":at": keys.instant(at)})

    def end(self, hold: Hold) -> None:
        self.table.delete_all([(keys.holds(hold.town), keys.hold(hold.citizen_id, hold.case))])

    def take_ends(self, town: str, citizen_ids: Sequence[str]) -> int:
        places = list(self._places(town, citizen_ids, "expires_at"))
        return sum(self._update(place, TAKEN, "attribute_exists(expires_at)") for place in places)

    def give_ends_back(self, town: str, citizen_ids: Sequence[str]) -> int:
        places = list(self._places(town, citizen_ids, "held_end"))
        return sum(self._update(place, GIVEN_BACK, "attribute_exists(held_end)") for place in places)

    def _places(self, town: str, citizen_ids: Sequence[str], having: str) -> Iterator[tuple[str, str]]:
        """Their partition, as far as it has what is asked for; their cases, and what they sent to contests."""
        for citizen_id in citizen_ids:
            rows = list(self.table.query(keys.citizen(town, citizen_id)))
            yield from ((row["pk"], row["sk"]) for row in rows if having in row)
            yield from contests.rows_of_contests(town, citizen_id, rows)
            yield from cases.rows_of_cases(self.table, town, rows)

    def _update(self, place: tuple[str, str], what: str, only_if: str, values: Mapping[str, Any] | None = None) -> bool:
        pk, sk = place
        given = {"ExpressionAttributeValues": to_item(values)} if values else {}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": pk, "sk": sk}),
                UpdateExpression=what,
                ConditionExpression=only_if,
                **given,  # type: ignore[arg-type]
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def _hold(town: str, row: Mapping[str, Any]) -> Hold:
    citizen_id, _, case = row["sk"].partition("#")
    wished = row.get("wished_at")
    return Hold(
        town=town,
        citizen_id=citizen_id,
        case=case,
        why=row["why"],
        by=row["by"],
        since=keys.parse_instant(row["since"]),
        wished_at=keys.parse_instant(wished) if wished else None,
    )
