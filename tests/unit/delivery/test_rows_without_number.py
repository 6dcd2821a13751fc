"""What is kept of a delivery for its report names nobody: a wamid holds the other side's number."""

import asyncio
import json
from base64 import b64encode
from datetime import UTC, datetime

import pytest

from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status, StatusReport
from tests.support.signs_of_life import without_signs

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
NUMBER = b"4915177700001"
WAMID = "wamid." + b64encode(b"\x1d\x18" + NUMBER + b"\x15\x02\x00\x11\x18\x12A0F3").decode()


class Remembering:
    """A table that only takes."""

    def __init__(self):
        self.rows = []

    def put_all(self, rows):
        self.rows += rows


@pytest.mark.parametrize("cause", ["vreden-n-20261124-4f7k2p", "a.1795400300-0a1b2c3d4e5f-0"])
def test_neither_an_outcome_nor_a_status_holds_the_number(cause):
    table, key = Remembering(), DeliveryKey(cause, "0a1b")
    DynamoInbox(table).store([], [("vreden", StatusReport(key, Status.READ, NOON, WAMID))], [])
    outcome = Outcome(key, OutcomeKind.ACCEPTED, NOON, wamid=WAMID)
    asyncio.run(DynamoDeliveries(table).record("vreden", [outcome]))
    kept = json.dumps([{name: value for name, value in row.items() if value is not None} for row in table.rows])
    assert len(without_signs(table.rows)) == 2
    assert WAMID not in kept
    assert "wamid" not in kept


def test_a_status_of_an_answer_ends_within_days():
    table, key = Remembering(), DeliveryKey("a.1795400300-0a1b2c3d4e5f-0", "0a1b")
    DynamoInbox(table).store([], [("vreden", StatusReport(key, Status.READ, NOON, WAMID))], [])
    assert table.rows[0]["expires_at"] == NOON.timestamp() + 14 * 86400
