"""Port Arrivals: a webhook notes how many messages it brought, in the call that stores them, and senders read it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.delivery.arrivals import DynamoArrivals
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.delivery.delivery import DeliveryKey, Status, StatusReport
from stadtdraht.domain.delivery.pace import heard_mps
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind

pytestmark = pytest.mark.local_aws
NEWSLETTER = "vreden-n-20261124-abcdef"


def update(number, town="vreden", kind=UpdateKind.MESSAGE, age_s=1.0):
    at = datetime.now(UTC) - timedelta(seconds=age_s)
    return InboxUpdate(town, kind, "a", f"message-{number}", "{}", at, 1_900_000_000)


def came(table, town="vreden", within_s=5.0):
    since = datetime.now(UTC) - timedelta(seconds=within_s)
    return asyncio.run(DynamoArrivals(table).since(town, since))


def test_where_nobody_writes_nothing_came(table):
    assert came(table) == []


def test_every_webhook_notes_its_messages_by_town(table):
    inbox = DynamoInbox(table)
    inbox.store([update(1), update(2), update(3, town="bocholt")], [], [])
    inbox.store([update(4)], [], [])
    assert sorted(it.messages for it in came(table)) == [1, 2]
    assert [it.messages for it in came(table, "bocholt")] == [1]
    assert heard_mps(came(table), datetime.now(UTC)) == 3


def test_what_is_no_message_or_nobody_s_or_old_is_not_noted(table):
    report = StatusReport(DeliveryKey(NEWSLETTER, "0123456789abcdef0123"), Status.SENT, datetime.now(UTC), "wamid.2")
    others = [update(1, town=UNROUTED), update(2, kind=UpdateKind.EVENT), update(3, age_s=3600)]
    DynamoInbox(table).store(others, [("vreden", report)], [])
    assert came(table) == []
    assert came(table, UNROUTED) == []


def test_what_came_before_is_not_read_and_ends_by_itself(table):
    DynamoInbox(table).store([update(1)], [], [])
    assert came(table, within_s=0.0) == []
    (row,) = table.query(keys.arrivals("vreden"))
    assert 0 < int(row["expires_at"]) - datetime.now(UTC).timestamp() <= 3600
    assert set(row) == {"pk", "sk", "messages", "expires_at"}  # nobody is in it
