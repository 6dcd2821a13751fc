"""Records of the table's stream, as the functions that follow it receive them."""

from collections.abc import Mapping
from typing import Any

from stadtdraht.adapters.dynamodb.inbound.inbox import update_from_row
from stadtdraht.adapters.dynamodb.table import from_item
from stadtdraht.domain.inbound.inbox import InboxUpdate


def update_from_record(record: Mapping[str, Any]) -> InboxUpdate:
    """The update whose row was written. Source: AWS, DynamoDB Streams, StreamRecord with new image."""
    return update_from_row(from_item(record["dynamodb"]["NewImage"]))
