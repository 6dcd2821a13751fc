"""What was given up is counted wherever it lies, and put back where a queue takes it back."""

import json

import pytest

from stadtdraht.adapters.aws.queues import SqsQueues
from stadtdraht.domain.operations.finding import CloudRefused
from stadtdraht.domain.operations.queues import OF_NO_QUEUE, OF_WORK, Queue
from stadtdraht.settings import Settings

pytestmark = pytest.mark.local_aws
WORK = [Queue(name, 1, 0) for name in OF_WORK]


@pytest.fixture
def queues(local_aws):
    """Each queue with one message in its dead letters, and the two that belong to none with two."""
    sqs = local_aws.client("sqs")
    urls = {}
    for name in OF_WORK:
        urls[f"{name}_queue_url"], letters = local_aws.queue(), local_aws.queue()
        told = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]
        policy = json.dumps({"deadLetterTargetArn": told["QueueArn"], "maxReceiveCount": 5})
        sqs.set_queue_attributes(QueueUrl=urls[f"{name}_queue_url"], Attributes={"RedrivePolicy": policy})
        sqs.send_message(QueueUrl=letters, MessageBody=name)
    for name in OF_NO_QUEUE:
        urls[f"{name}_dead_queue_url"] = local_aws.queue()
        for _ in range(2):
            sqs.send_message(QueueUrl=urls[f"{name}_dead_queue_url"], MessageBody="{}")
    return SqsQueues(sqs, Settings(**urls))


def test_all_nine_are_counted(queues):
    assert queues.all() == [*WORK, *(Queue(name, 2) for name in OF_NO_QUEUE)]


def test_one_alone_is_put_back_and_the_others_stay(queues):
    assert queues.redrive("answers") == 1
    assert [it for it in queues.all() if it.name == "answers"] == [Queue("answers", 0, 1)]
    assert sum(it.dead for it in queues.all()) == len(OF_WORK) - 1 + 2 * len(OF_NO_QUEUE)
    assert queues.redrive("answers") == 0


def test_what_no_queue_takes_back_is_deleted_when_its_work_is_done(queues):
    assert queues.discard("inbound_stream") == 2
    assert queues.all() == [*WORK, Queue("inbound_stream", 0), Queue("events", 2)]


def test_a_stack_of_before_that_does_not_name_them_is_looked_at_all_the_same(queues):
    older = Settings(**{name: getattr(queues.settings, name) for name in (f"{it}_queue_url" for it in OF_WORK)})
    assert SqsQueues(queues.client, older).all() == WORK


def test_what_aws_refuses_is_said_in_its_own_words(queues):
    nowhere = Settings(**{f"{name}_queue_url": "http://localhost/000000000000/none" for name in OF_WORK})
    with pytest.raises(CloudRefused, match=r"NonExistentQueue|AWS\.SimpleQueueService"):
        SqsQueues(queues.client, nowhere).all()
