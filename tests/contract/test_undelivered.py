"""Answers that did not arrive, and what staff were told by mail, on the local AWS and its fake."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.inbound.erasure import erase_rows
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.inbound.undelivered import DynamoUndelivered
from stadtdraht.adapters.dynamodb.staff.notices import DynamoNotices
from stadtdraht.domain.delivery.delivery import DeliveryKey, Status, StatusReport
from stadtdraht.domain.staff.notices import Told
from tests.support.fakes.notices import FakeNotices

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


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def notices(request):
    return FakeNotices() if request.param == "fake" else DynamoNotices(request.getfixturevalue("table"))


def test_what_somebody_was_told_is_kept(notices):
    told = Told(NOON, {"need:c:1": NOON})
    notices.put("vreden", "anna", told, NOON)
    notices.put("vreden", "bernd", Told(None, {}), NOON)
    assert notices.of_town("vreden") == {"anna": replace(told, version=1), "bernd": Told(version=1)}
    assert notices.of_town("bocholt") == {}


def test_one_of_two_looks_may_tell_somebody(notices):
    claims = [notices.claim("vreden", "anna", Told(), NOON) for _ in range(2)]
    assert [it is not None for it in claims] == [True, False]
    assert notices.claim("vreden", "bernd", Told(), NOON)
    assert notices.claim("bocholt", "anna", Told(), NOON)


def test_who_read_before_the_other_was_done_tells_nothing(notices):
    """It was about to tell the same."""
    read = notices.of_town("vreden").get("anna", Told())
    claim = notices.claim("vreden", "anna", read, NOON)
    meanwhile = notices.of_town("vreden")["anna"]
    notices.put("vreden", "anna", replace(claim, matters={"need:c:1": NOON}), NOON)
    assert notices.claim("vreden", "anna", read, NOON) is None
    assert notices.claim("vreden", "anna", meanwhile, NOON) is None
    told = notices.of_town("vreden")["anna"]
    assert told.knows("need:c:1")
    assert notices.claim("vreden", "anna", told, NOON)


def test_a_claim_ends_a_minute_after_a_crash_and_keeps_what_was_told(notices):
    notices.put("vreden", "anna", Told(NOON, {"need:c:1": NOON}), NOON)
    notices.claim("vreden", "anna", notices.of_town("vreden")["anna"], NOON)
    stands = notices.of_town("vreden")["anna"]
    assert notices.claim("vreden", "anna", stands, NOON + timedelta(seconds=30)) is None
    assert notices.claim("vreden", "anna", stands, NOON + timedelta(seconds=61))
    assert stands.knows("need:c:1")
