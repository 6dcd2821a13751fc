"""The table: one low-level client, and the few things every adapter does with it in the same way.

Items are plain Python values on our side; boto3's own serializer translates (numbers come back as Decimal).
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]

_serialize_any = TypeSerializer().serialize
_deserialize_any = TypeDeserializer().deserialize
BATCH = 25  # BatchWriteItem takes no more
FIRST_PAUSE_S = 0.05
PAUSES = 7  # doubling: 6 s in all, then the caller hears of it


class NotAllRead(RuntimeError):
    """DynamoDB kept leaving rows out."""


class NotAllWritten(RuntimeError):
    """DynamoDB kept leaving items over; what was written stays, and writing all again is harmless."""


def condition_failed(error: ClientError) -> bool:
    """Whether a conditional write was refused because the row no longer says what it must: somebody was faster."""
    return bool(error.response["Error"]["Code"] == "ConditionalCheckFailedException")


def _serialize(value: Any) -> dict[str, Any]:
    """Texts and whole numbers at once: they are nearly everything, and boto3 asks eight questions about each."""
    if type(value) is str:
        return {"S": value}
    if type(value) is int:
        return {"N": str(value)}
    return dict(_serialize_any(value))


def _deserialize(typed: Any) -> Any:
    """Texts at once: they are nearly everything, and boto3 looks up a method for each."""
    return typed["S"] if "S" in typed else _deserialize_any(typed)


def to_item(values: Item) -> dict[str, Any]:
    """Plain values to DynamoDB's form; None is left out."""
    return {name: _serialize(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """DynamoDB's form to plain values."""
    return {name: _deserialize(value) for name, value in item.items()}


def _tries() -> Iterator[None]:
    """At once, and again after each pause: DynamoDB leaves a part of a batch over when it is busy."""
    yield
    for number in range(PAUSES):
        time.sleep(FIRST_PAUSE_S * 2**number)
        yield


def _projection(only: Sequence[str]) -> dict[str, Any]:
    """Every name by a sign, since many of ours are reserved words."""
    signs = {f"#a{number}": name for number, name in enumerate(only)}
    return {"ProjectionExpression": ", ".join(signs), "ExpressionAttributeNames": signs} if signs else {}


@dataclass(frozen=True, slots=True)
class Table:
    """The deployment's one table."""

    client: "DynamoDBClient"
    name: str

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        """One row, strongly consistent."""
        found = self.client.get_item(TableName=self.name, Key=to_item({"pk": pk, "sk": sk}), ConsistentRead=True)
        return from_item(found["Item"]) if "Item" in found else None

    def get_all(self, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
        """Rows by (pk, sk), at most 100, strongly consistent, without those that are not there. Raises NotAllRead."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        left = [to_item({"pk": pk, "sk": sk}) for pk, sk in dict.fromkeys(places)]
        for _ in _tries():
            asked: Any = {self.name: {"Keys": left, "ConsistentRead": True}}
            answer: Any = self.client.batch_get_item(RequestItems=asked)
            rows = map(from_item, answer["Responses"].get(self.name, ()))
            found |= {(row["pk"], row["sk"]): row for row in rows}
            left = list(answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", ()))
            if not left:
                return found
        raise NotAllRead(f"{len(left)} of {len(places)} rows")

    def query(
        self,
        pk: str,
        *,
        prefix: str = "",
        newest_first: bool = False,
        limit: int | None = None,
        only: Sequence[str] = (),
        page: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows of a partition in order of sk, page by page, strongly consistent.

        only: attributes that are wanted; it costs as much, and takes a third less time where rows are long.
        page: rows of one request, for who stops as soon as enough were read.
        """
        names = "pk = :pk AND begins_with(sk, :prefix)" if prefix else "pk = :pk"
        values = {":pk": pk, ":prefix": prefix} if prefix else {":pk": pk}
        yield from self.pages(names, values, forward=not newest_first, limit=limit, only=only, page=page)

    def between(
        self,
        pk: str,
        first: str,
        last: str,
        limit: int | None = None,
        *,
        newest_first: bool = False,
        page: int | None = None,
        only: Sequence[str] = (),
    ) -> Iterator[dict[str, Any]]:
        """Rows with first <= sk <= last. page: rows of one request, for who stops as soon as enough were read."""
        yield from self.pages(
            "pk = :pk AND sk BETWEEN :first AND :last",
            {":pk": pk, ":first": first, ":last": last},
            forward=not newest_first,
            limit=limit,
            page=page,
            only=only,
        )

    def pages(
        self,
        condition: str,
        values: Item,
        *,
        forward: bool = True,
        limit: int | None = None,
        only: Sequence[str] = (),
        page: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows of a key condition; `limit` caps the rows, not the pages. page: rows of one request."""
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": to_item(values),
            "ScanIndexForward": forward,
            "ConsistentRead": True,
            **_projection(only),
        }
        left = limit
        while left is None or left > 0:
            most = left if page is None else min(page, page if left is None else left)
            found = self.client.query(**request | ({"Limit": most} if most is not None else {}))
            for row in found["Items"]:
                yield from_item(row)
            if left is not None:
                left -= len(found["Items"])
            if "LastEvaluatedKey" not in found:
                return
            request["ExclusiveStartKey"] = found["LastEvaluatedKey"]

    def put_all(self, rows: Sequence[Item]) -> None:
        """Writes any number of rows, 25 to a call, over what stood there. Raises NotAllWritten."""
        self._write_all([{"PutRequest": {"Item": to_item(row)}} for row in rows])

    def delete_all(self, rows: Sequence[tuple[str, str]]) -> None:
        """Deletes any number of rows by (pk, sk)."""
        self._write_all([{"DeleteRequest": {"Key": to_item({"pk": pk, "sk": sk})}} for pk, sk in rows])

    def _write_all(self, requests: list[dict[str, Any]]) -> None:
        for start in range(0, len(requests), BATCH):
            left = requests[start : start + BATCH]
            for _ in _tries():
                answer = self.client.batch_write_item(RequestItems={self.name: left})  # type: ignore[dict-item]
                left = answer.get("UnprocessedItems", {}).get(self.name, [])  # type: ignore[assignment]
                if not left:
                    break
            else:
                raise NotAllWritten(f"{len(left)} of {len(requests)} rows")
