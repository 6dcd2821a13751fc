"""Port LineSignsOf: whoever stores what is a sign of life keeps it on the way, in the same call."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.towns.line_signs import DynamoLineSigns
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status, StatusReport
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind
from stadtdraht.domain.whatsapp.line_signs import LineSigns

pytestmark = pytest.mark.local_aws
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
WHO = "0123456789abcdef0123"
NEWSLETTER, DRILL = "vreden-n-20261124-abcdef", "vreden-d-20261124-abcdef"


def update(town):
    return InboxUpdate(town, UpdateKind.MESSAGE, "a", "wamid.1", "{}", NOON, 1_900_000_000)


def just_now(at):
    return at is not None and datetime.now(UTC) - at < timedelta(minutes=1)


def test_a_town_that_nothing_came_for_shows_no_sign(table):
    assert DynamoLineSigns(table).of_town("vreden") == LineSigns()


def test_a_message_is_a_sign_and_tells_no_status(table):
    DynamoInbox(table).store([update("vreden"), update(UNROUTED)], [], [])
    signs = DynamoLineSigns(table).of_town("vreden")
    assert just_now(signs.heard)
    assert (signs.status, signs.accepted) == (None, None)
    assert DynamoLineSigns(table).of_town("bocholt") == LineSigns()


def test_a_status_is_a_sign_of_both(table):
    report = StatusReport(DeliveryKey(NEWSLETTER, WHO), Status.SENT, NOON, "wamid.2")
    DynamoInbox(table).store([], [("vreden", report)], [])
    signs = DynamoLineSigns(table).of_town("vreden")
    assert just_now(signs.heard)
    assert just_now(signs.status)


@pytest.mark.parametrize(
    ("cause", "kind", "kept"),
    [
        (NEWSLETTER, OutcomeKind.ACCEPTED, True),
        (NEWSLETTER, OutcomeKind.REFUSED, False),
        (DRILL, OutcomeKind.ACCEPTED, False),  # goes nowhere, so that no status comes
    ],
)
def test_what_meta_took_is_kept_and_of_a_drill_it_took_nothing(table, cause, kind, kept):
    asyncio.run(DynamoDeliveries(table).record("vreden", [Outcome(DeliveryKey(cause, WHO), kind, NOON)]))
    assert just_now(DynamoLineSigns(table).of_town("vreden").accepted) == kept
