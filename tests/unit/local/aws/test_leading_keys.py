"""Which rows a call touches, as the local AWS's judge of rights is told."""

import json

import pytest

from local.aws import leading_keys
from local.aws.account import TransactionKeys
from local.aws.leading_keys import CONDITION, transaction_keys


def row(pk):
    return {"pk": {"S": pk}, "sk": {"S": "x"}}


TRANSACTION = {
    "TransactItems": [
        {"Put": {"TableName": "rows", "Item": row("bocholt#CITIZEN#1") | {"name": {"S": "vreden#CITIZEN#9"}}}},
        {"Update": {"TableName": "rows", "Key": row("bocholt#CASES#2026")}},
    ]
}


@pytest.mark.parametrize(
    ("request_", "keys"),
    [
        ({"Key": row("bocholt#TOWN")}, ["bocholt#TOWN"]),
        ({"Item": row("bocholt#TOWN")}, ["bocholt#TOWN"]),
        (
            {"KeyConditionExpression": "pk = :pk AND sk > :from", "ExpressionAttributeValues": {":pk": {"S": "a#B"}}},
            ["a#B"],
        ),
        (
            {
                "KeyConditionExpression": "begins_with(sk, :s) AND #p=:p",
                "ExpressionAttributeNames": {"#p": "pk"},
                "ExpressionAttributeValues": {":p": {"S": "a#B"}, ":s": {"S": "c"}},
            },
            ["a#B"],
        ),
        ({"RequestItems": {"rows": {"Keys": [row("a#B"), row("c#D")]}}}, ["a#B", "c#D"]),
        (
            {"RequestItems": {"rows": [{"PutRequest": {"Item": row("a#B")}}, {"DeleteRequest": {"Key": row("c#D")}}]}},
            ["a#B", "c#D"],
        ),
        ({"TableName": "rows"}, []),  # a Scan
    ],
)
def test_a_call_s_keys_are_those_of_its_rows(request_, keys):
    assert leading_keys.leading_keys(request_) == keys
    assert transaction_keys(request_) == []


def test_a_transaction_s_keys_are_told_item_by_item():
    assert transaction_keys(TRANSACTION) == [["bocholt#CITIZEN#1"], ["bocholt#CASES#2026"]]
    assert leading_keys.leading_keys(TRANSACTION) == []


@pytest.mark.parametrize(
    ("reading", "judged_by"),
    [
        (TransactionKeys.ALL, [["bocholt#CITIZEN#1", "bocholt#CASES#2026"]] * 2),
        (TransactionKeys.OWN, [["bocholt#CITIZEN#1"], ["bocholt#CASES#2026"]]),
        (TransactionKeys.NONE, [None, None]),
    ],
)
def test_each_item_of_a_transaction_is_judged_by_the_keys_of_the_reading(monkeypatch, reading, judged_by):
    """As MiniStack calls them: the context once, then one check for each item."""
    judged = []

    def enforce(_, action, *__, service_context, **___):
        judged.append((str(action), service_context.get(CONDITION)))

    monkeypatch.setattr(leading_keys.iam_evaluator, "enforce", enforce)
    for name in ("dynamodb_service_context", "dynamodb_transaction_checks"):
        monkeypatch.setattr(leading_keys.iam_actions, name, getattr(leading_keys.iam_actions, name))
    leading_keys.teach(reading)
    body = json.dumps(TRANSACTION).encode()
    context = leading_keys.iam_actions.dynamodb_service_context(body)
    checks = leading_keys.iam_actions.dynamodb_transaction_checks(
        "dynamodb:TransactWriteItems", body, "eu-central-1", "000000000000"
    )
    for action, arn in checks:
        leading_keys.iam_evaluator.enforce(
            "key", action, "dynamodb", "eu-central-1", resource_arn=arn, service_context=context
        )
    assert judged == list(zip(["dynamodb:PutItem", "dynamodb:UpdateItem"], judged_by, strict=True))
