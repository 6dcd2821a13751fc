"""Ports LatestReadiness, CrisisQueues and CrisisSender: what is kept comes back, and what is counted is there."""

import io
import json
import threading
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from stadtdraht.adapters.aws.crisis_probe import LambdaCrisisSender, SqsCrisisQueues
from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.crisis.readiness import DynamoLatestReadiness
from stadtdraht.domain.crisis.observed import QueueDepth, WarmSenders
from stadtdraht.domain.crisis.readiness import Check, CheckName, Level, Readiness
from tests.support.builders.crisis import NOON
from tests.support.fakes.readiness import FakeLatestReadiness

CHECKS = (
    Check(CheckName.TOKEN, passed=True, finding="ok"),
    Check(CheckName.LINKS, passed=False, finding="–", critical=True),
)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def latest_readiness(request):
    return FakeLatestReadiness() if request.param == "fake" else DynamoLatestReadiness(request.getfixturevalue("table"))


def test_a_readiness_comes_back_as_it_was_and_the_next_replaces_it(latest_readiness):
    assert latest_readiness.get("bocholt") is None
    latest_readiness.save("bocholt", Readiness(CHECKS, NOON))
    assert latest_readiness.get("bocholt") == Readiness(CHECKS, NOON)
    latest_readiness.save("bocholt", Readiness(CHECKS[:1], NOON + timedelta(minutes=5)))
    assert latest_readiness.get("bocholt") == Readiness(CHECKS[:1], NOON + timedelta(minutes=5))
    assert latest_readiness.get("vreden") is None


@pytest.mark.local_aws
def test_a_check_that_another_version_wrote_is_left_out(table):
    row = {"pk": keys.readiness("bocholt"), "sk": keys.META, "looked_at": keys.instant(NOON)}
    lights = [{"name": name, "well": True, "found": "", "grave": False} for name in ("moon", "token")]
    table.put_all([row | {"lights": json.dumps(lights)}])
    readiness = DynamoLatestReadiness(table).get("bocholt")
    assert [check.name for check in readiness.checks] == [CheckName.TOKEN]
    assert readiness.level is Level.GREEN
    DynamoLatestReadiness(table).save("bocholt", readiness)
    stored = table.get(keys.readiness("bocholt"), keys.META)
    assert (json.loads(stored["lights"]), stored["looked_at"]) == (lights[1:], row["looked_at"])


@pytest.mark.local_aws
def test_what_waits_and_what_was_given_up_is_counted(local_aws):
    sqs, dead, work = local_aws.client("sqs"), local_aws.queue(), local_aws.queue()
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 5})
    sqs.set_queue_attributes(QueueUrl=work, Attributes={"RedrivePolicy": policy})
    queues = SqsCrisisQueues(sqs, (work,))
    assert queues.depth() == QueueDepth(0, 0)
    for url, count in ((work, 2), (dead, 1)):
        for _ in range(count):
            sqs.send_message(QueueUrl=url, MessageBody="{}")
    assert queues.depth() == QueueDepth(2, 1)


@pytest.mark.local_aws
def test_queues_that_are_not_there_count_nothing(local_aws):
    sqs = local_aws.client("sqs")
    assert SqsCrisisQueues(sqs, (local_aws.queue() + "-gone",)).depth() is None


class Lambda:
    """Answers an invocation as told."""

    def __init__(self, payload, **more):
        self.payload, self.more, self.asked = payload, more, []

    def invoke(self, **asked):
        self.asked.append(asked)
        if isinstance(self.payload, Exception):
            raise self.payload
        return {"Payload": io.BytesIO(self.payload), **self.more}


def test_a_sender_that_is_ready_says_so_and_gets_nothing_to_send():
    client = Lambda(b'{"ready": true, "sender": "a"}')
    pinged = LambdaCrisisSender(client, "crisis-send", "crisis-page").ping(1)
    assert len(pinged.answered_s) == 1
    assert pinged.page_s is not None
    assert sorted(client.asked, key=str) == [
        {"FunctionName": "crisis-page", "Payload": b'{"ping": true, "hold_s": 0.0}'},
        {"FunctionName": "crisis-send", "Payload": b'{"ping": true, "hold_s": 0.3}'},
    ]


class Hall:
    """Lambda with free senders; whoever comes while all are busy is told so."""

    def __init__(self, *names):
        self.names, self.all_here = list(names), threading.Barrier(len(names))

    def invoke(self, FunctionName, Payload):  # noqa: N803 - boto3's own names
        if FunctionName == "crisis-page":
            return {"Payload": io.BytesIO(b'{"ready": true}')}
        name = self.names.pop()
        self.all_here.wait(10)  # breaks when they do not come side by side
        return {"Payload": io.BytesIO(json.dumps({"ready": True, "sender": name}).encode())}


@pytest.mark.parametrize(("names", "count"), [("abcd", 4), ("abca", 3)], ids=["each another", "one twice"])
def test_senders_are_called_side_by_side_and_each_counts_once(names, count):
    pinged = LambdaCrisisSender(Hall(*names), "crisis-send", "crisis-page").ping(4)
    assert (pinged.asked, len(pinged.answered_s)) == (4, count)
    assert min(pinged.answered_s) >= 0


@pytest.mark.parametrize(
    "client",
    [
        Lambda(b'{"errorMessage": "no table"}', FunctionError="Unhandled"),
        Lambda(b"null"),
        Lambda(b"<html>"),
        Lambda(b'{"batchItemFailures": []}'),
        Lambda(ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke")),
    ],
)
def test_any_other_answer_is_none(client):
    assert LambdaCrisisSender(client, "crisis-send", "crisis-page").ping(2) == WarmSenders(2, ())
