"""Answers that did not arrive, and what staff were told by mail, on the local AWS."""

from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.inbound.erasure import erase_rows
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.inbound.undelivered import DynamoUndelivered
from stadtdraht.adapters.dynamodb.staff.notices import DynamoNotices
from stadtdraht.domain.delivery.delivery import DeliveryKey, Status, StatusReport
from stadtdraht.domain.staff.notices import Told

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
CITIZEN = "c" * 20


def report(status, answer="1795518000-0123456789ab-0", at=NOON):
    return ("vreden", StatusReport(DeliveryKey(f"a.{answer}", CITIZEN, 1), status, at, "wamid.1", 131026))


@pytest.fixture
def undelivered(table):
    return DynamoUndelivered(table)


def test_an_answer_that_failed_is_listed_once_however_often_meta_says_so(table, undelivered):
    inbox = DynamoInbox(table)
    inbox.store([], [report(Status.SENT), report(Status.FAILED)], [])
    inbox.store([], [report(Status.FAILED)], [])
    (found,) = undelivered.since("vreden", NOON - timedelta(hours=1))
    assert (found.citizen_id, found.at) == (CITIZEN, NOON)
    assert undelivered.since("vreden", NOON + timedelta(hours=1)) == []
    assert undelivered.since("bocholt", NOON - timedelta(hours=1)) == []


def test_a_newsletter_that_failed_is_not_in_the_list(table, undelivered):
    key = DeliveryKey("vreden-n-20261124-abc", CITIZEN, 1)
    DynamoInbox(table).store([], [("vreden", StatusReport(key, Status.FAILED, NOON, "wamid.1", 131026))], [])
    assert undelivered.since("vreden", NOON - timedelta(hours=1)) == []


def test_an_erasure_takes_a_person_s_away(table, undelivered):
    DynamoInbox(table).store([], [report(Status.FAILED)], [])
    erase_rows(table, "vreden", CITIZEN)
    assert undelivered.since("vreden", NOON - timedelta(hours=1)) == []


def test_what_somebody_was_told_is_kept(table):
    notices, told = DynamoNotices(table), Told(NOON, {"need:c:1": NOON})
    notices.put("vreden", "anna", told, NOON)
    notices.put("vreden", "bernd", Told(None, {}), NOON)
    assert notices.of_town("vreden") == {"anna": told, "bernd": Told()}
