"""Tiny Lambda handlers to try the Lambda host with."""

import json
import os
import sys
import time

import boto3
from botocore.exceptions import ClientError


def echo(event, context):
    """Returns what it was given, and where it ran."""
    return {
        "event": event,
        "pid": os.getpid(),
        "function": context.function_name,
        "request_id": context.aws_request_id,
        "remaining_ms": context.get_remaining_time_in_millis(),
        "arn": context.invoked_function_arn,
        "greeting": os.environ.get("GREETING"),  # noqa: TID251
    }


def api(event, context):
    """Answers an HTTP API request with what arrived."""
    if event["rawPath"].startswith("/fail"):
        raise ValueError("on purpose")
    body = json.dumps(
        {
            "path": event["rawPath"],
            "query": event["rawQueryString"],
            "body": event.get("body"),
            "base64": event["isBase64Encoded"],
            "headers": event["headers"],
            "cookies": event.get("cookies"),
        }
    )
    return {
        "statusCode": 200,
        "body": body,
        "headers": {"content-type": "application/json"},
        "cookies": ["a=1", "b=2"],
    }


def behave(event, context):
    """Does what the event asks for."""
    match event.get("do"):
        case "raise":
            raise LookupError("nothing here")
        case "exit":
            os._exit(3)
        case "sleep":
            time.sleep(event["seconds"])
        case "print":
            sys.stdout.write("hello from the handler\n")
        case "large":
            return "x" * event["bytes"]
    return {"pid": os.getpid()}


def record(event, context):
    """Writes one row for every record it is given: when it ran, with whom, how often."""
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])  # noqa: TID251
    failures = []
    for one in event["Records"]:
        name = one.get("body") or one["dynamodb"]["NewImage"]["pk"]["S"]
        key = f"seen#{one['eventSource']}#{name}"
        started = time.time()
        if name.startswith("slow"):
            time.sleep(1)
        table.update_item(
            Key={"pk": key},
            UpdateExpression="ADD times :one SET started = :s, ended = :e, together = :b",
            ExpressionAttributeValues={
                ":one": 1,
                ":s": str(started),
                ":e": str(time.time()),
                ":b": len(event["Records"]),
            },
        )
        if name.startswith("bad"):
            failures.append({"itemIdentifier": one.get("messageId") or one["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}


def scheduled(event, context):
    """Writes down when the schedule fired."""
    boto3.client("dynamodb").put_item(
        TableName=os.environ["TABLE"],  # noqa: TID251
        Item={"pk": {"S": "scheduled"}, "at": {"N": str(time.time())}, "event": {"S": json.dumps(event)}},
    )


def overreach(event, context):
    """Tries what its role does not allow, then what it does."""
    try:
        boto3.client("dynamodb").scan(TableName=os.environ["TABLE"])  # noqa: TID251
    except ClientError as refused:
        boto3.client("dynamodb").put_item(
            TableName=os.environ["TABLE"],  # noqa: TID251
            Item={"pk": {"S": "allowed"}},
        )
        return {"refused": str(refused)}
    return {"refused": None}


def measure(event, context):
    """Prints a line in the embedded metric format."""
    metrics = [
        {"Namespace": "Sample", "Dimensions": [["kind"]], "Metrics": [{"Name": "Count", "Unit": "Count"}]}
    ]
    line = {
        "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": metrics},
        "kind": "a",
        "Count": 3,
    }
    sys.stdout.write(json.dumps(line) + "\n")
