"""The command line works as the operator's role, on this machine as on AWS: what the role may not, no command can."""

import boto3
import pytest
from botocore.exceptions import ClientError

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def operator(system):
    """Makes clients that work as the role."""
    keys = system.client("sts").assume_role(RoleArn=system.run["operator_role"], RoleSessionName="test")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], system.run["region"])
    return lambda service: session.client(service, endpoint_url=system.run["aws"])


def test_an_operator_cannot_take_apart_what_is_deployed(system, operator):
    settings = system.run["settings"]
    refused = (
        ("dynamodb", "delete_table", {"TableName": system.run["table"]}),
        ("sqs", "purge_queue", {"QueueUrl": settings["ANSWERS_QUEUE_URL"]}),
        ("sqs", "receive_message", {"QueueUrl": settings["CRISIS_QUEUE_URL"]}),
        ("secretsmanager", "delete_secret", {"SecretId": settings["PEPPER_SECRET_ID"]}),
        ("secretsmanager", "put_secret_value", {"SecretId": settings["PEPPER_SECRET_ID"], "SecretString": "x"}),
        ("lambda", "invoke", {"FunctionName": "stadtdraht-local-privacy-erase"}),
        ("cognito-idp", "delete_user_pool", {"UserPoolId": settings["STAFF_POOL_ID"]}),
        ("s3", "delete_bucket", {"Bucket": settings["MEDIA_BUCKET"]}),
    )
    for service, call, request in refused:
        with pytest.raises(ClientError) as why:
            getattr(operator(service), call)(**request)
        assert "AccessDenied" in why.value.response["Error"]["Code"], (service, call)


def test_commands_of_every_kind_find_their_rights(system, tmp_path):
    """Table, queues, secrets, files, functions, schedules, accounts: each by a command that needs it."""
    assert {it["queue"] for it in system.stadtdraht("dlq", "list")} >= {"answers", "crisis", "newsletter"}
    assert system.command("dlq", "redrive").returncode == 0
    system.stadtdraht("town", "list")
    system.stadtdraht("crisis", "ready", "--town", "bocholt")
    system.stadtdraht("case", "open311-key", "--town", "vreden")
    system.stadtdraht("media", "list", "--town", "vreden")
    who = ("--town", "vreden", "rechte@rathaus.example")
    assert system.command("staff", "invite", *who, "--name", "Kim Muster", "--role", "editor").returncode == 0
    assert system.command("staff", "remove", *who, "--yes").returncode == 0
    exported = system.command("town", "export", "--town", "vreden", str(tmp_path))
    assert exported.returncode == 0, exported.stdout + exported.stderr
