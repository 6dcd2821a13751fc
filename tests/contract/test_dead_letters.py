"""What was given up is counted wherever it lies, and put back where a queue takes it back."""

import json

import pytest

from stadtdraht.adapters.aws.dead_letters import OF_NO_QUEUE, QUEUES, Dead, DeadLetters
from stadtdraht.settings import Settings

pytestmark = pytest.mark.local_aws


@pytest.fixture
def dead(local_aws):
    """Each queue with one message in its dead letters, and the two that belong to none with two."""
    sqs = local_aws.client("sqs")
    urls = {}
    for name in QUEUES:
        urls[f"{name}_queue_url"], letters = local_aws.queue(), local_aws.queue()
        told = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]
        policy = json.dumps({"deadLetterTargetArn": told["QueueArn"], "maxReceiveCount": 5})
        sqs.set_queue_attributes(QueueUrl=urls[f"{name}_queue_url"], Attributes={"RedrivePolicy": policy})
        sqs.send_message(QueueUrl=letters, MessageBody=name)
    for name in OF_NO_QUEUE:
        urls[f"{name}_dead_queue_url"] = local_aws.queue()
        for _ in range(2):
            sqs.send_message(QueueUrl=urls[f"{name}_dead_queue_url"], MessageBody="{}")
    return DeadLetters(sqs, Settings(**urls))


def test_all_nine_are_counted(dead):
    assert dead.counts() == [*(Dead(name, 1) for name in QUEUES), *(Dead(name, 2) for name in OF_NO_QUEUE)]


def test_what_no_queue_takes_back_stays_where_it_is(dead):
    assert dead.redrive() == [Dead(name, 1) for name in QUEUES]
    assert {it.queue: it.messages for it in dead.counts()} == {
        **dict.fromkeys(QUEUES, 0),
        **dict.fromkeys(OF_NO_QUEUE, 2),
    }
