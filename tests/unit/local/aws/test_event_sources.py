"""Which records reach a function, and what its answer says about the batch."""

import json

import pytest

from local.aws.event_filters import UnknownFilter, passes, patterns_of
from local.aws.event_sources import BatchDone, BatchFailed, batch_result, event_source
from local.aws.invocations import Returned, Throttled, failure

AN_INSERT = {
    "eventName": "INSERT",
    "dynamodb": {
        "Keys": {"pk": {"S": "vreden#m"}},
        "NewImage": {"kind": {"S": "message"}, "age": {"N": "5"}},
    },
}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"eventName": ["INSERT"]}, True),
        ({"eventName": ["MODIFY", "REMOVE"]}, False),
        ({"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": ["message"]}}}}, True),
        ({"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": ["status"]}}}}, False),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "vreden#"}]}}}}, True),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"suffix": "#x"}]}}}}, False),
        ({"dynamodb": {"OldImage": {"kind": {"S": [{"exists": False}]}}}}, True),
        ({"dynamodb": {"NewImage": {"kind": {"S": [{"exists": False}]}}}}, False),
        ({"dynamodb": {"NewImage": {"kind": {"S": [{"anything-but": ["status"]}]}}}}, True),
        ({"dynamodb": {"NewImage": {"kind": {"S": [{"anything-but": "message"}]}}}}, False),
        ({"dynamodb": {"NewImage": {"kind": {"S": [{"equals-ignore-case": "MESSAGE"}]}}}}, True),
        ({"dynamodb": {"NewImage": {"age": {"N": [{"numeric": [">", 4, "<=", 5]}]}}}}, True),
        ({"dynamodb": {"NewImage": {"age": {"N": [{"numeric": ["<", 5]}]}}}}, False),
        ({"$or": [{"eventName": ["REMOVE"]}, {"eventName": ["INSERT"]}]}, True),
        ({"$or": [{"eventName": ["REMOVE"]}, {"eventName": ["MODIFY"]}]}, False),
    ],
)
def test_a_filter_decides_as_lambda_documents(pattern, expected):
    assert passes(AN_INSERT, patterns_of({"Filters": [{"Pattern": json.dumps(pattern)}]})) is expected


def test_without_filters_everything_passes():
    assert passes(AN_INSERT, patterns_of(None))


def test_one_matching_filter_of_several_is_enough():
    assert passes(AN_INSERT, [{"eventName": ["REMOVE"]}, {"eventName": ["INSERT"]}])


def test_a_rule_we_do_not_know_is_an_error_and_not_a_silent_no():
    with pytest.raises(UnknownFilter):
        passes(AN_INSERT, [{"eventName": [{"wildcard": "IN*"}]}])


def _a_source(**settings):
    return event_source({"EventSourceArn": "arn:aws:sqs:eu-central-1:000000000000:lanes.fifo", **settings}, "Send")


REPORTING = _a_source(FunctionResponseTypes=["ReportBatchItemFailures"])
BATCH = frozenset({"a", "b"})


@pytest.mark.parametrize("answer", ["null", "{}", '{"batchItemFailures": []}', '{"batchItemFailures": null}'])
def test_an_answer_without_failures_takes_the_whole_batch(answer):
    assert BatchDone(frozenset()) == batch_result(Returned(answer.encode()), REPORTING, BATCH)


def test_named_items_alone_come_back():
    answer = b'{"batchItemFailures": [{"itemIdentifier": "b"}]}'

    assert BatchDone(frozenset({"b"})) == batch_result(Returned(answer), REPORTING, BATCH)


@pytest.mark.parametrize(
    "answer",
    [
        '{"batchItemFailures": [{"itemIdentifier": "c"}]}',
        '{"batchItemFailures": [{}]}',
        '{"batchItemFailures": 3}',
        "3",
    ],
)
def test_an_answer_that_names_nothing_we_sent_fails_the_whole_batch(answer):
    assert isinstance(batch_result(Returned(answer.encode()), REPORTING, BATCH), BatchFailed)


def test_without_reporting_any_answer_takes_the_whole_batch():
    answer = b'{"batchItemFailures": [{"itemIdentifier": "b"}]}'

    assert BatchDone(frozenset()) == batch_result(Returned(answer), _a_source(), BATCH)


@pytest.mark.parametrize("outcome", [failure("ValueError", "no"), Throttled()])
def test_an_error_fails_the_whole_batch(outcome):
    assert isinstance(batch_result(outcome, REPORTING, BATCH), BatchFailed)


def test_a_mapping_is_read_with_lambdas_defaults():
    queue = _a_source()
    stream = event_source({"EventSourceArn": "arn:aws:dynamodb:eu-central-1:000000000000:table/t/stream/1"}, "Follow")

    assert (queue.service, queue.batch_size, queue.max_concurrency) == ("sqs", 10, None)
    assert (stream.service, stream.batch_size, stream.side_by_side, stream.max_retries) == ("dynamodb", 100, 1, -1)
