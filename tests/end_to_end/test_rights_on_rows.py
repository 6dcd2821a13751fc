"""Each function's own role on the running system, and every kind of row: what it may touch is what is written down."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.blocks.table import Rows
from tests.infra.test_rights import PUT, PUT_MANY, READ, ROWS, UPDATE

pytestmark = pytest.mark.system
LISTED_BY = {  # kinds whose pattern does not bear their name
    "DOOR_GUESSES": "#GUESSES",
    "SAME_TEXT": "SAME",
    "SESSION": "#SESSION",
    "STAFF_OF": "#STAFF",
}


def session(system, function, policy=None):
    """DynamoDB as the function's role, narrowed by a session policy where there is one."""
    name = f"stadtdraht-local-{function.replace('/', '-').replace('_', '-')}"
    role = system.client("lambda").get_function_configuration(FunctionName=name)["Role"]
    narrowed = {"Policy": json.dumps(policy)} if policy else {}
    keys = system.client("sts").assume_role(RoleArn=role, RoleSessionName="rows", **narrowed)["Credentials"]
    return boto3.client(
        "dynamodb",
        endpoint_url=system.run["aws"],
        region_name=system.run["region"],
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def partition(kind, town="bocholt"):
    return Rows[kind].value.replace("*", town, 1).replace("*", "no-such")


def may(call, **request):
    """Whether it is refused for its right; that a condition fails is no such refusal."""
    try:
        call(**request)
    except ClientError as why:
        code = why.response["Error"]["Code"]
        assert code in {"AccessDeniedException", "ConditionalCheckFailedException"}, code
        return code != "AccessDeniedException"
    return True


def calls(client, table, pk):
    """The same harmless call in each of the ways that a role may hold, on one partition."""
    key = {"pk": {"S": pk}, "sk": {"S": "no-such"}}
    never = {"ConditionExpression": "attribute_exists(no_such_attribute)"}
    asks = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": pk}}}
    yield READ[0], may(client.get_item, TableName=table, Key=key)
    yield READ[1], may(client.query, TableName=table, **asks)
    yield READ[2], may(client.batch_get_item, RequestItems={table: {"Keys": [key]}})
    yield PUT[0], may(client.put_item, TableName=table, Item=key, **never)
    yield UPDATE[0], may(client.update_item, TableName=table, Key=key, **never)
    yield PUT_MANY[0], may(client.batch_write_item, RequestItems={table: [{"DeleteRequest": {"Key": key}}]})


@pytest.mark.parametrize("function", ROWS)
def test_a_role_touches_its_kinds_of_rows_and_no_others(system, function):
    client, table = session(system, function), system.run["table"]
    reads, puts, updates, batches = (set(of.split()) for of in ROWS[function])
    for kind in Rows.__members__:
        listed = LISTED_BY.get(kind, kind)
        done = dict(calls(client, table, partition(kind)))
        assert any(done[call] for call in READ) == (listed in reads), kind
        assert (done[PUT[0]], done[UPDATE[0]], done[PUT_MANY[0]]) == (
            listed in puts,
            listed in updates,
            listed in batches,
        ), kind
    assert not may(client.scan, TableName=table)
    client.close()


def test_a_session_of_one_town_touches_no_other_town_s_rows(system):
    """How a process that serves one town is held to it: a session policy on the beginning of every key."""
    table = system.run["table"]
    of_bocholt = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "dynamodb:*",
            "Resource": "*",
            "Condition": {
                "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["bocholt#*"]},
                "Null": {"dynamodb:LeadingKeys": "false"},
            },
        },
    }
    for function in ("inbound/process", "crisis/page", "privacy/erase"):
        everywhere, narrowed = session(system, function), session(system, function, of_bocholt)
        for town in ("bocholt", "vreden"):
            for kind in Rows.__members__:
                pk = partition(kind, town)
                allowed = dict(calls(everywhere, table, pk))
                expected = allowed if pk.startswith("bocholt#") else dict.fromkeys(allowed, False)
                assert dict(calls(narrowed, table, pk)) == expected, (function, pk)
        everywhere.close()
        narrowed.close()


def test_a_transaction_is_refused_for_one_foreign_row_in_it(system):
    """Under each reading of what a transaction is judged by, but for the one under which nothing is known."""
    table, client = system.run["table"], session(system, "open311/update")
    never = {"ConditionExpression": "attribute_exists(no_such_attribute)"}

    def puts(*kinds):
        rows = [{"pk": {"S": partition(kind)}, "sk": {"S": "no-such"}} for kind in kinds]
        items = [{"Put": {"TableName": table, "Item": row, **never}} for row in rows]
        try:
            client.transact_write_items(TransactItems=items)
        except ClientError as why:
            return why.response["Error"]["Code"]
        raise AssertionError("it wrote")

    assert puts("CASE", "CASES", "CITIZEN", "OPEN_CASES") == "TransactionCanceledException"
    assert puts("CASE", "CRISIS") == "AccessDeniedException"
    client.close()
