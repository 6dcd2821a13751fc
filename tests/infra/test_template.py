"""What is deployed: who may touch what, what is encrypted, what comes back after a failure, who is woken."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from infra.synth import REPOSITORY
from stadtdraht.settings import Settings

# Every right on the table. A new right has to be written here, and somebody has to read it.
RIGHTS = {
    "inbound/webhook": ("DIRECTORY", "CITIZEN DELIVERY INBOX STATUS", ""),
    "inbound/process": (
        "AUDIENCE CITIZEN IDENTITY INBOX TOWN",
        "AUDIENCE CITIZEN IDENTITY",
        "AUDIENCE CITIZEN IDENTITY",
    ),
    "inbound/reply": ("CITIZEN NUMBER TOWN", "CITIZEN", ""),
    "broadcast/start": ("AUDIENCE CAUSE CAUSES NUMBER TOWN", "CAUSE CAUSES", ""),
    "broadcast/send": ("AUDIENCE CAUSE CAUSES DELIVERY NUMBER TOWN", "CAUSE CAUSES DELIVERY NUMBER", ""),
    "crisis/link": ("AUDIENCE CAUSE CAUSES CRISIS DELIVERY NONCE TOWN", "CAUSE CAUSES CRISIS NONCE NUMBER", ""),
    "crisis/send": ("AUDIENCE CAUSE DELIVERY NUMBER TOWN", "CAUSE DELIVERY NUMBER", ""),
    "crisis/resend": ("AUDIENCE CAUSE DELIVERY NUMBER TOWN", "CAUSE DELIVERY NUMBER", ""),
    "console/public": ("CAUSE TOWN", "", ""),
}


def of_type(template, kind):
    return {name: it["Properties"] for name, it in template["Resources"].items() if it["Type"] == kind}


def functions(template):
    found = of_type(template, "AWS::Lambda::Function")
    return {
        it["Handler"].removeprefix("functions.").removesuffix(".handler").replace(".", "/"): it for it in found.values()
    }


def statements(template, function):
    """Statements of the function's own role."""
    role = functions(template)[function]["Role"]["Fn::GetAtt"][0]
    policies = of_type(template, "AWS::IAM::Policy").values()
    return [
        statement
        for policy in policies
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def actions(statement):
    found = statement["Action"]
    return [found] if isinstance(found, str) else found


def test_outputs_are_the_settings_so_that_the_command_line_finds_them(template):
    named = Settings.named(template["Outputs"])
    assert set(named) == {field.name.upper() for field in fields(Settings)}
    assert "ApiUrl" in template["Outputs"]


def test_every_function_is_a_file_with_a_handler(template):
    assert set(functions(template)) == set(RIGHTS)
    for module in RIGHTS:
        assert "def handler(" in (REPOSITORY / "functions" / f"{module}.py").read_text(encoding="utf-8")


def test_every_function_has_a_role_of_its_own_and_runs_on_arm(template):
    found = functions(template).values()
    assert len({it["Role"]["Fn::GetAtt"][0] for it in found}) == len(found)
    assert {(it["Runtime"], *it["Architectures"]) for it in found} == {("python3.13", "arm64")}


@pytest.mark.parametrize("function", RIGHTS)
def test_a_function_touches_its_rows_and_no_others(template, function):
    def rows(action):
        patterns = set()
        for statement in statements(template, function):
            if action in actions(statement):
                patterns |= set(statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        return " ".join(sorted(pattern.split("#")[1] for pattern in patterns))

    assert (rows("dynamodb:GetItem"), rows("dynamodb:PutItem"), rows("dynamodb:DeleteItem")) == RIGHTS[function]


def test_nobody_may_scan_and_every_right_on_rows_is_held_to_leading_keys(template):
    for function in RIGHTS:
        for statement in statements(template, function):
            on_rows = [it for it in actions(statement) if it.startswith("dynamodb:") and "Stream" not in it]
            on_rows = [it for it in on_rows if it not in ("dynamodb:GetRecords", "dynamodb:GetShardIterator")]
            assert "dynamodb:Scan" not in on_rows
            assert not on_rows or "dynamodb:LeadingKeys" in str(statement["Condition"])


def test_no_right_is_for_everything(template):
    for function in RIGHTS:
        for statement in statements(template, function):
            resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            assert "*" not in resources
            assert all("*" not in action for action in actions(statement))


def test_the_table_is_encrypted_recoverable_followed_and_kept(template, local_template):
    (table,) = of_type(template, "AWS::DynamoDB::GlobalTable").values()
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
    assert table["SSESpecification"]["SSEType"] == "KMS"
    (replica,) = table["Replicas"]
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert replica["DeletionProtectionEnabled"] is True
    (kept,) = [it for it in template["Resources"].values() if it["Type"] == "AWS::DynamoDB::GlobalTable"]
    assert kept["DeletionPolicy"] == "Retain"
    (gone,) = [it for it in local_template["Resources"].values() if it["Type"] == "AWS::DynamoDB::GlobalTable"]
    assert gone["DeletionPolicy"] == "Delete"


def test_every_queue_is_encrypted_and_all_but_dead_letters_have_dead_letters(template):
    queues = of_type(template, "AWS::SQS::Queue").values()
    assert len(queues) == 11
    assert all("KmsMasterKeyId" in queue for queue in queues)
    working = [queue for queue in queues if "-dead" not in queue["QueueName"]]
    assert len(working) == 5
    assert all(queue["RedrivePolicy"]["maxReceiveCount"] >= 5 for queue in working)
    assert all(queue["DeduplicationScope"] == "messageGroup" for queue in working if queue.get("FifoQueue"))


def test_a_message_stays_hidden_for_longer_than_its_function_may_run(template):
    by_queue = of_type(template, "AWS::SQS::Queue")
    by_name = of_type(template, "AWS::Lambda::Function")
    checked = 0
    for mapping in of_type(template, "AWS::Lambda::EventSourceMapping").values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        source = mapping["EventSourceArn"]["Fn::GetAtt"][0]
        if source in by_queue:
            names = [name for name in by_name if name in json.dumps(mapping["FunctionName"])]
            assert by_queue[source]["VisibilityTimeout"] > by_name[names[0]]["Timeout"]
            checked += 1
    assert checked == 5


def test_only_new_messages_start_the_follow_up(template):
    mappings = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    (stream,) = [it for it in mappings if "StartingPosition" in it]
    (only,) = stream["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"kind": {"S": ["message"]}}},
    }
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["DestinationConfig"]["OnFailure"]


def test_an_alert_has_concurrency_that_nobody_else_can_take(template):
    assert functions(template)["crisis/send"]["ReservedConcurrentExecutions"] == 100


def test_who_hands_work_back_to_itself_is_not_stopped_as_a_runaway_loop(template):
    allowed = {module for module, it in functions(template).items() if it.get("RecursiveLoop") == "Allow"}
    assert allowed == {"broadcast/send", "crisis/send", "crisis/resend"}


def test_the_access_log_knows_no_path_since_a_crisis_link_is_one(template):
    (stage,) = of_type(template, "AWS::ApiGatewayV2::Stage").values()
    logged = stage["AccessLogSettings"]["Format"]
    assert "$context.routeKey" in logged
    assert all(secret not in logged for secret in ("$context.path", "requestOverride", "querystring", "sourceIp"))


def test_routes_are_those_of_the_design(template):
    routes = {it["RouteKey"] for it in of_type(template, "AWS::ApiGatewayV2::Route").values()}
    assert routes == {
        *("GET /webhooks/whatsapp", "POST /webhooks/whatsapp"),
        *(f"{method} /crisis/{{token}}" for method in ("GET", "HEAD", "OPTIONS", "POST")),
        "GET /crisis/{token}/{alert}",
        *("GET /healthz", "GET /t/{town}", "GET /t/{town}/imprint", "GET /t/{town}/privacy", "GET /a/{alert}"),
    }


def test_every_alarm_leads_to_a_chapter_of_the_runbooks(template):
    runbooks = (REPOSITORY / "docs" / "operations" / "runbooks.md").read_text(encoding="utf-8")
    alarms = of_type(template, "AWS::CloudWatch::Alarm").values()
    assert len(alarms) >= 20
    for alarm in alarms:
        name = alarm["AlarmDescription"].rpartition("#")[2]
        assert f"`{name}`" in runbooks, name
        assert alarm["AlarmActions"]


def test_logs_end_and_secrets_are_encrypted(template):
    assert all(log["RetentionInDays"] == 90 for log in of_type(template, "AWS::Logs::LogGroup").values())
    assert all("KmsKeyId" in secret for secret in of_type(template, "AWS::SecretsManager::Secret").values())


def test_no_secret_stands_in_the_template(template):
    text = json.dumps(template)
    for value in of_type(template, "AWS::SecretsManager::Secret").values():
        assert "GenerateSecretString" in value or "resolve:secretsmanager" in json.dumps(value)
    assert str(Path.home()) not in text
