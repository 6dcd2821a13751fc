"""What rows and queue messages call what the code calls otherwise: rows of yesterday are read tomorrow."""

import asyncio
import json
from dataclasses import replace

from stadtdraht.adapters.aws.jobs import slice_from_body, slice_to_body
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.slices import waiting_row
from stadtdraht.domain.delivery.slices import SliceState
from tests.support.builders.delivery import outcome, work_slice
from tests.support.signs_of_life import without_signs


class Rows(list):
    """A table that only takes rows."""

    put_all = list.extend


def test_a_slice_s_row_calls_its_handbacks_turn():
    row = waiting_row(work_slice(), SliceState.WAITING)
    progress = {"state", "epoch", "cursor", "settled", "leftover", "turn", "halted_by"}
    assert set(row) == progress | {"pk", "sk", "slice"}
    assert row["turn"] == 0


def test_a_slice_s_message_calls_its_handbacks_turn():
    body = slice_to_body(work_slice(), 3)
    assert json.loads(body)["turn"] == 3
    assert slice_from_body(body) == work_slice()


def test_an_outcome_s_row_calls_its_route_way():
    rows = Rows()
    asyncio.run(DynamoDeliveries(rows).record("bocholt", [replace(outcome(1), route="warnung")]))
    (row,) = without_signs(rows)
    assert row["way"] == "warnung"
    assert "route" not in row
