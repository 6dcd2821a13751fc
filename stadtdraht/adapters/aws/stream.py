"""Records of the table's stream, as the functions that follow it receive them.

Source: AWS, DynamoDB Streams, StreamRecord with new image.
"""

from collections.abc import Mapping
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.inbox import place_of_row, update_from_row
from stadtdraht.adapters.dynamodb.inbound.undelivered import KIND
from stadtdraht.adapters.dynamodb.table import from_item
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.inbound.inbox import InboxPlace, InboxUpdate


def update_from_record(record: Mapping[str, Any]) -> InboxUpdate:
    """The update whose row was written. Raises NotOurs."""
    return update_from_row(_row(record, "NewImage"))


def place_from_record(record: Mapping[str, Any]) -> InboxPlace:
    """Where that row lies. Raises NotOurs."""
    return place_of_row(_row(record, "Keys"))


def town_of_undelivered(record: Mapping[str, Any]) -> str:
    """Whose answer did not arrive; "" for every other record, also for what is none of ours."""
    try:
        row = record["dynamodb"]["NewImage"]
        pk, kind = row["pk"]["S"], row["kind"]["S"]
        town = pk.partition("#")[0]
    except (LookupError, TypeError, AttributeError):
        return ""
    return town if kind == KIND and pk == keys.undelivered(town) else ""


def _row(record: Mapping[str, Any], part: str) -> dict[str, Any]:
    try:
        return from_item(record["dynamodb"][part])
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as why:
        raise NotOurs(f"a record of the stream has no {part}: {type(why).__name__}") from None
