"""Port TownData: reads the whole table, so it is for the operator alone, when a town leaves or keeps a copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, from_item, to_item


@dataclass(frozen=True, slots=True)
class DynamoTownData:
    """Every row of a town, as it stands."""

    table: Table

    def citizen_ids(self, town: str) -> Iterator[str]:
        people = keys.citizen(town, "")
        condition = "begins_with(pk, :people) AND sk = :profile"
        for row in self._scan(condition, {":people": people, ":profile": keys.PROFILE}, ProjectionExpression="pk"):
            yield row["pk"].removeprefix(people)

    def rows(self, town: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for row in self._scan("begins_with(pk, :town)", {":town": keys.of_town(town)}):
            yield keys.kind_of_row(row["pk"], row["sk"]), {name: _plain(value) for name, value in row.items()}

    def _scan(self, condition: str, values: Item, **more: Any) -> Iterator[dict[str, Any]]:
        pages = self.table.client.get_paginator("scan").paginate(
            TableName=self.table.name,
            FilterExpression=condition,
            ExpressionAttributeValues=to_item(values),
            ConsistentRead=True,
            **more,
        )
        for page in pages:
            yield from map(from_item, page["Items"])


def _plain(value: Any) -> Any:
    """As JSON knows it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | set | frozenset):
        return sorted(map(_plain, value)) if isinstance(value, set | frozenset) else [_plain(it) for it in value]
    if isinstance(value, dict):
        return {name: _plain(it) for name, it in value.items()}
    return value
