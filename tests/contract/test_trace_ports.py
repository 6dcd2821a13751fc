"""Logs and rows of one message as AWS keeps them: what is written through the real adapters is found again."""

import asyncio
import json
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.aws.logs import CloudWatchLogs, LogsNotReadable
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.trail import DynamoTrail
from stadtdraht.adapters.dynamodb.inbound.answers import DynamoAnswers
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain import correlation
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.delivery.delivery import (
    Accepted,
    DeliveryKey,
    Outcome,
    OutcomeKind,
    Refused,
    Status,
    StatusReport,
)
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.message import IncomingMessage

pytestmark = pytest.mark.local_aws
NOW = datetime.now(UTC).replace(microsecond=0)
TOWN, WHO, KEY = "vreden", "a" * 20, message_id("wamid.HBgNNDkxNTE")
CAUSE = "vreden-n-20261124-4f7k2p"
DAY = timedelta(days=1)


@pytest.fixture
def group(local_aws):
    """Writes lines into log groups of a stage of its own."""
    client, stage = local_aws.client("logs"), f"/stadtdraht/{uuid.uuid4().hex[:8]}/"

    def write(function, *lines):
        client.create_log_group(logGroupName=f"{stage}{function}")
        client.create_log_stream(logGroupName=f"{stage}{function}", logStreamName="one")
        events = [{"timestamp": int(time.time() * 1000), "message": line} for line in lines]
        client.put_log_events(logGroupName=f"{stage}{function}", logStreamName="one", logEvents=events)

    return write, CloudWatchLogs(client, stage)


def test_lines_of_every_function_are_found_by_a_word(group):
    write, logs = group
    write("inbound-webhook", json.dumps({"message": "stored", "correlation": "3f9c0d1a2b3c"}), "START RequestId: 1")
    write("http-api", json.dumps({"request": "Kq/XyZ+g=", "status": "200"}))
    write("inbound-reply", json.dumps({"correlation": "000000000000"}), json.dumps({"_aws": {}, "n": "3f9c0d1a2b3c"}))
    found = logs.lines(["3f9c0d1a2b3c", "Kq/XyZ+g="], NOW - DAY, NOW + DAY)
    assert {(line.group, line.fields.get("message")) for line in found} == {
        ("inbound-webhook", "stored"),
        ("http-api", None),
    }
    assert all(abs(line.at - datetime.now(UTC)) < timedelta(minutes=5) for line in found)


def test_another_time_and_no_word_find_nothing(group):
    write, logs = group
    write("inbound-webhook", json.dumps({"correlation": "3f9c0d1a2b3c"}))
    assert logs.lines(["3f9c0d1a2b3c"], NOW - 3 * DAY, NOW - 2 * DAY) == []
    assert logs.lines([], NOW - DAY, NOW) == []


def test_a_stage_without_logs_is_said_to_be_none(group):
    with pytest.raises(LogsNotReadable, match="no log group"):
        group[1].lines(["3f9c0d1a2b3c"], NOW - DAY, NOW)


@pytest.fixture
def trail(table):
    return DynamoTrail(table)


def test_an_update_is_found_by_its_key_and_by_its_correlation(table, trail):
    update = InboxUpdate(TOWN, UpdateKind.MESSAGE, "7", KEY, '{"message": {}}', NOW, int(NOW.timestamp()) + 900)
    DynamoInbox(table).store([update], [], [])
    assert trail.update(TOWN, KEY) == trail.correlated(TOWN, correlation.of_update(KEY)) == update
    assert trail.update("bocholt", KEY) is trail.correlated("bocholt", correlation.of_update(KEY)) is None


@pytest.mark.parametrize(("outcome", "code"), [(Accepted("wamid.out"), None), (Refused(131026), 131026)])
def test_answers_come_with_what_became_of_them_and_without_their_words(table, trail, outcome, code):
    ref = AnswerRef.new(TOWN, WHO, NOW, KEY)
    answer = Answer(ref, {"type": "text", "text": {"body": "Danke für Ihre Nachricht"}})
    message = IncomingMessage(KEY, NOW, "text", "Schlagloch")
    person = Citizen(WHO, TOWN, WireIdentity(phone="49151"), version=1)
    DynamoCitizens(table, b"pepper").commit(Turn(None, person, message=message, answers=(answer,)))
    assert [it.progress for it in trail.answers(TOWN, WHO)] == ["waiting"]
    claim = DynamoAnswers(table).claim(ref, NOW)
    DynamoAnswers(table).record(ref, claim.attempt, outcome, NOW)
    key = DeliveryKey(ref.cause, WHO)
    reports = [StatusReport(key, kind, NOW, "wamid.out") for kind in (Status.READ, Status.SENT)]
    DynamoInbox(table).store([], [(TOWN, it) for it in reports], [])
    (found,) = trail.answers(TOWN, WHO)
    assert (found.answer_id, found.message_id, found.progress, found.code) == (ref.answer_id, KEY, "done", code)
    assert (found.claimed_at, found.ended_at, found.by_staff) == (NOW, NOW, False)
    assert found.sent_as == (message_id("wamid.out")[:12] if code is None else "")
    assert [it.status for it in found.statuses] == [Status.SENT, Status.READ]
    assert "Danke" not in str(found)


def test_a_delivery_s_rows_come_in_order_of_time(table, trail):
    key = DeliveryKey(CAUSE, WHO)
    accepted = Outcome(key, OutcomeKind.ACCEPTED, NOW)
    asyncio.run(DynamoDeliveries(table).record(TOWN, [accepted]))
    failed = StatusReport(key, Status.FAILED, NOW + timedelta(seconds=9), "wamid.out", code=131026)
    sent = StatusReport(key, Status.SENT, NOW + timedelta(seconds=2), "wamid.out")
    DynamoInbox(table).store([], [(TOWN, failed), (TOWN, sent)], [])
    found = trail.delivery(TOWN, CAUSE, WHO)
    assert [(it.kind, it.reason) for it in found] == [
        (OutcomeKind.ACCEPTED, ""),
        (Status.SENT, ""),
        (Status.FAILED, "131026"),
    ]
