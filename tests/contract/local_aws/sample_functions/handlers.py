"""Lambda handlers that write down what they were given."""

import json
import os
import time

import boto3
from botocore.exceptions import ClientError

TABLE = os.environ["TABLE"]  # noqa: TID251
dynamodb = boto3.client("dynamodb")


def api(event, context):
    """Answers an HTTP API request with what arrived."""
    if event["rawPath"] == "/fail":
        raise ValueError("on purpose")
    arrived = {name: event.get(name) for name in ("rawPath", "rawQueryString", "body", "cookies", "headers")}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(arrived | {"token": os.environ["TOKEN"]}),  # noqa: TID251
        "cookies": ["a=1", "b=2"],
    }


def overreach(event, context):
    """Tries what its role does not allow."""
    try:
        dynamodb.scan(TableName=TABLE)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return "allowed"


def record(event, context):
    """Writes a row for every record: how often and when it came. A `bad` one fails, a `slow` one takes a second."""
    failures = []
    for one in event["Records"]:
        name = one.get("body") or one["dynamodb"]["NewImage"]["pk"]["S"]
        started = time.time()
        if name.startswith("slow"):
            time.sleep(1)
        dynamodb.update_item(
            TableName=TABLE,
            Key={"pk": {"S": f"seen {name}"}},
            UpdateExpression="ADD times :one SET started = :started, ended = :ended",
            ExpressionAttributeValues={
                ":one": {"N": "1"},
                ":started": {"N": str(started)},
                ":ended": {"N": str(time.time())},
            },
        )
        if name.startswith("bad"):
            failures.append({"itemIdentifier": one.get("messageId") or one["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}
