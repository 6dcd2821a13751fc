"""What is deployed: what is encrypted, what is kept, what comes back after a failure, which addresses answer."""

import json
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from functions.console.routes import OPEN, ROUTES
from functions.crisis.drill import WAITS_AT_MOST
from infra.synth import REPOSITORY
from stadtdraht.domain.delivery.abandoned_slices import LANE_SILENT
from stadtdraht.domain.retention import CONVERSATION
from stadtdraht.settings import Settings
from tests.infra.conftest import run_app
from tests.infra.reading import functions, of_type

HOLDS_DATA = ("AWS::DynamoDB::GlobalTable", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")
ONLY_LOCAL = {"MEDIA_ORIGIN", "WEB_DETOUR", "WEB_DETOUR_AUTHORITY"}
IGNORES_ACKNOWLEDGEMENTS = (
    "import infra.acknowledge as it\nit.acknowledge = lambda *_: None\nfrom infra.app import main\nmain()\n"
)


def test_a_finding_of_cdk_nag_that_nobody_gave_a_reason_for_fails_the_synthesis(tmp_path):
    done = run_app(tmp_path, "production", ("-c", IGNORES_ACKNOWLEDGEMENTS), checked=True)
    assert done.returncode != 0
    for rule in ("AwsSolutions-IAM5", "AwsSolutions-APIG4", "AwsSolutions-SMG4", "AwsSolutions-SQS3"):
        assert rule in done.stdout + done.stderr


def test_outputs_are_the_settings_so_that_the_command_line_finds_them(template):
    named = Settings.named(template["Outputs"])
    assert set(named) == {field.name.upper() for field in fields(Settings)} - ONLY_LOCAL
    assert "ApiUrl" in template["Outputs"]


def test_a_function_is_given_settings_that_exist_and_no_way_around_the_guard_of_the_web(template):
    known = {field.name.upper() for field in fields(Settings)} - ONLY_LOCAL
    for function in functions(template).values():
        given = set(function["Environment"]["Variables"])
        assert given - {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "LOG_LEVEL"} <= known


def test_whatever_ends_a_function_is_one_line_of_json_in_its_log(template):
    """Without it Lambda writes a bare traceback, which no filter by level finds; and three lines for each call."""
    wanted = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "WARN"}
    for it in functions(template).values():
        logging = it["LoggingConfig"]
        assert {name: logging[name] for name in wanted} == wanted


def test_every_function_is_a_file_with_a_handler_and_runs_on_arm(template):
    for module, function in functions(template).items():
        assert "def handler(" in (REPOSITORY / "functions" / f"{module}.py").read_text(encoding="utf-8")
        assert (function["Runtime"], *function["Architectures"]) == ("python3.13", "arm64")


def test_nothing_runs_that_we_did_not_write(template):
    """No custom resources, whose functions and rights would be CDK's."""
    assert len(of_type(template, "AWS::Lambda::Function")) == len(functions(template))
    assert not [it["Type"] for it in template["Resources"].values() if it["Type"].startswith("Custom::")]
    assert not of_type(template, "AWS::CloudFormation::CustomResource")


def test_the_table_is_encrypted_recoverable_followed_and_kept(template):
    (table,) = of_type(template, "AWS::DynamoDB::GlobalTable").values()
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
    assert table["SSESpecification"]["SSEType"] == "KMS"
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    (replica,) = table["Replicas"]
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert replica["DeletionProtectionEnabled"] is True


def test_data_and_keys_outlive_the_stack_and_local_ones_do_not(template, local_template):
    """But not a first deployment that failed half-way: what it left would stand in the way of the second."""

    def policies(of):
        return {it["DeletionPolicy"] for it in of["Resources"].values() if it["Type"] in HOLDS_DATA}

    assert policies(template) == {"RetainExceptOnCreate"}
    assert policies(local_template) == {"Delete"}


def test_the_key_is_rotated(template):
    (key,) = of_type(template, "AWS::KMS::Key").values()
    assert key["EnableKeyRotation"] is True


def test_every_queue_is_encrypted_and_all_but_dead_letters_have_dead_letters(template):
    queues = of_type(template, "AWS::SQS::Queue").values()
    assert len(queues) == 18
    assert all("KmsMasterKeyId" in queue for queue in queues)
    dead = [queue for queue in queues if "-dead" in queue["QueueName"]]
    working = [queue for queue in queues if queue not in dead]
    assert len(working) == 8
    assert {queue["MessageRetentionPeriod"] for queue in dead} == {14 * 24 * 3600}
    assert all(queue["RedrivePolicy"]["maxReceiveCount"] >= 5 for queue in working)
    assert all(queue["DeduplicationScope"] == "messageGroup" for queue in working if queue.get("FifoQueue"))
    assert all(queue["FifoThroughputLimit"] == "perMessageGroupId" for queue in working if queue.get("FifoQueue"))


def test_files_are_private_encrypted_and_gone_with_their_conversation(template):
    """Without versions: what is erased leaves nothing behind."""
    (bucket,) = (it for it in of_type(template, "AWS::S3::Bucket").values())
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    assert "DataKey" in json.dumps(rule)
    assert "VersioningConfiguration" not in bucket
    (ends,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (ends["Status"], ends["ExpirationInDays"]) == ("Enabled", CONVERSATION.days)
    (policy,) = of_type(template, "AWS::S3::BucketPolicy").values()
    (only,) = policy["PolicyDocument"]["Statement"]
    assert (only["Effect"], only["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_what_a_schedule_started_is_kept_when_nobody_could_do_it(template):
    """Without that, an event of the clock is gone after three tries, or six hours without free concurrency."""
    kept = of_type(template, "AWS::Lambda::EventInvokeConfig").values()
    names = {name: it["Handler"] for name, it in of_type(template, "AWS::Lambda::Function").items()}
    started = {
        names[schedule["Target"]["Arn"]["Fn::GetAtt"][0]]
        for schedule in of_type(template, "AWS::Scheduler::Schedule").values()
    } | {f"functions.{it}.handler" for it in ("broadcast.start", "broadcast.errand", "contests.remind")}
    assert {names[it["FunctionName"]["Ref"]] for it in kept} == started
    assert len(kept) == len(started) == 10
    for it in kept:
        assert (it["MaximumRetryAttempts"], it["MaximumEventAgeInSeconds"]) == (2, 3600)
        assert "EventsDeadLetters" in json.dumps(it["DestinationConfig"]["OnFailure"])


def test_nobody_reaches_a_queue_or_a_topic_without_tls(template):
    for kind, policy in (("AWS::SQS::Queue", "AWS::SQS::QueuePolicy"), ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy")):
        guarded = [it for it in of_type(template, policy).values() if "aws:SecureTransport" in json.dumps(it)]
        assert len(guarded) == len(of_type(template, kind))


def test_a_message_stays_hidden_for_longer_than_its_function_may_run(template):
    by_queue = of_type(template, "AWS::SQS::Queue")
    by_name = of_type(template, "AWS::Lambda::Function")
    sizes = {}
    for mapping in of_type(template, "AWS::Lambda::EventSourceMapping").values():
        is_watch = "WatchAccount" in json.dumps(mapping["FunctionName"])  # looks again at night: no item is lost
        assert mapping.get("FunctionResponseTypes", []) == ([] if is_watch else ["ReportBatchItemFailures"])
        source = mapping["EventSourceArn"]["Fn::GetAtt"][0]
        if source in by_queue:
            (name,) = [name for name in by_name if name in json.dumps(mapping["FunctionName"])]
            assert by_queue[source]["VisibilityTimeout"] > by_name[name]["Timeout"]
            sizes[by_queue[source]["QueueName"].removeprefix("stadtdraht-production-")] = mapping["BatchSize"]
    assert sizes == {
        "newsletter.fifo": 1,
        "crisis.fifo": 1,
        "crisis-recheck": 1,
        "inbound-retry.fifo": 1,
        "second-names.fifo": 10,
        "answers.fifo": 10,
        "media": 1,
        "erasures": 1,
    }


def test_a_lane_is_given_up_only_after_its_message_was_tried_for_the_last_time(template):
    queues = {queue["QueueName"]: queue for queue in of_type(template, "AWS::SQS::Queue").values()}
    newsletter = queues["stadtdraht-production-newsletter.fifo"]
    tried_s = newsletter["VisibilityTimeout"] * newsletter["RedrivePolicy"]["maxReceiveCount"]
    assert timedelta(seconds=tried_s) < LANE_SILENT


def test_only_new_messages_preferences_and_failed_answers_start_the_follow_up(template):
    mappings = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    (stream,) = [it for it in mappings if it.get("StartingPosition") == "TRIM_HORIZON"]
    (only,) = stream["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"kind": {"S": ["message", "names", "preference", "undelivered"]}}},
    }
    assert stream["BatchSize"] == 100
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["DestinationConfig"]["OnFailure"]


def test_only_new_events_of_meta_s_start_the_watch(template):
    mappings = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    (stream,) = [it for it in mappings if it.get("StartingPosition") == "LATEST"]
    assert "WatchAccount" in json.dumps(stream["FunctionName"])
    (only,) = stream["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"kind": {"S": ["event"]}}},
    }


def test_an_alert_has_concurrency_that_nobody_else_can_take_and_what_anybody_opens_has_a_ceiling(template):
    """docs/operations/scale.md adds it up; AWS refuses a deployment that leaves less than 100 to all others."""
    reserved = {name: it.get("ReservedConcurrentExecutions") for name, it in functions(template).items()}
    kept = {name: value for name, value in reserved.items() if value}
    assert kept == {
        "crisis/send": 100,
        "crisis/page": 50,
        "crisis/resend": 20,
        "console/office": 50,
        "public/pages": 20,
        "broadcast/redirect": 20,
        "open311/read": 10,
        "privacy/archive": 5,
        "open311/update": 5,
    }
    scale = (REPOSITORY / "docs" / "operations" / "scale.md").read_text(encoding="utf-8")
    assert f"**{sum(kept.values())}** of 1,000" in scale


def test_who_is_fed_by_a_queue_takes_no_more_than_its_share(template):
    """What finds no free concurrency counts as a try: a ceiling of the function alone would make dead letters."""
    reserved = {
        name.removeprefix("stadtdraht-production-"): it.get("ReservedConcurrentExecutions")
        for it in of_type(template, "AWS::Lambda::Function").values()
        for name in [it["FunctionName"]]
    }
    most = {}
    for logical, mapping in of_type(template, "AWS::Lambda::EventSourceMapping").items():
        if "Queue" in logical:
            function = next(it for it in reserved if it.title().replace("-", "") in logical)
            most[function] = mapping.get("ScalingConfig", {}).get("MaximumConcurrency")
    assert most == {
        "media-fetch": 10,
        "inbound-reply": 50,
        "privacy-erase": 5,
        "crisis-resend": 20,
        "inbound-process": 2,
        "broadcast-send": None,  # one for each lane, one for each citizen's failure
        "crisis-send": None,  # fifty tries, and twenty pollers in this template
    }
    for function, at_most in most.items():
        assert function == "crisis-send" or not reserved[function] or reserved[function] == at_most


def test_a_route_that_anybody_may_ask_has_a_throttle_of_its_own(template):
    (stage,) = [it for it in template["Resources"].values() if it["Type"] == "AWS::ApiGatewayV2::Stage"]
    limits = {
        route: (it["ThrottlingRateLimit"], it["ThrottlingBurstLimit"])
        for route, it in stage["Properties"]["RouteSettings"].items()
    }
    routes = {name: it for name, it in template["Resources"].items() if it["Type"] == "AWS::ApiGatewayV2::Route"}
    keys = {it["Properties"]["RouteKey"] for it in routes.values()}
    for prefix, limit in (
        ("/open311/", (20, 20)),
        ("/data/", (10, 10)),
        ("/crisis/", (500, 500)),
        ("/console/sign-in", (20, 20)),
    ):
        of_prefix = {key for key in keys if key.split(" ")[1].startswith(prefix)}
        assert of_prefix
        assert {limits.pop(key) for key in of_prefix} == {limit}
    assert not limits
    assert set(routes) <= set(stage["DependsOn"])  # AWS refuses settings of a route that is not there yet


def test_pollers_stand_ready_for_alerts_where_a_deployment_says_so_and_for_nothing_else(template, local_template):
    def ready(of):
        mappings = of_type(of, "AWS::Lambda::EventSourceMapping")
        return {name: it.get("ProvisionedPollerConfig") for name, it in mappings.items()}

    assert [it for it in ready(template).values() if it] == [{"MinimumPollers": 20}]
    assert all("Crisis" in name and "Send" in name for name, it in ready(template).items() if it)
    assert not any(ready(local_template).values())


def test_the_access_log_knows_no_path_since_a_crisis_link_is_one(template):
    (stage,) = of_type(template, "AWS::ApiGatewayV2::Stage").values()
    logged = set(json.loads(stage["AccessLogSettings"]["Format"]).values())
    assert logged == {
        *("$context.requestId", "$context.routeKey", "$context.status", "$context.responseLatency"),
        "$context.integrationErrorMessage",
    }


def test_routes_are_those_of_the_design(template):
    routes = {it["RouteKey"] for it in of_type(template, "AWS::ApiGatewayV2::Route").values()}
    assert routes == {
        *("GET /webhooks/whatsapp", "POST /webhooks/whatsapp"),
        *(f"{method} /crisis/{{token}}" for method in ("GET", "HEAD", "OPTIONS", "POST")),
        "GET /crisis/{token}/{alert}",
        "POST /crisis/{token}/{alert}",
        *("GET /r/{code}", "HEAD /r/{code}"),
        *("GET /data/{token}", "POST /data/{token}"),
        *("GET /", "GET /healthz", "GET /a/{alert}", "GET /{proxy+}"),
        *(f"GET /t/{{town}}{page}" for page in ("", "/imprint", "/privacy", "/contact.vcf")),
        *(f"GET /open311/v2/{name}.json" for name in ("discovery", "services", "requests")),
        *(f"{method} /open311/v2/requests/{{request}}" for method in ("GET", "POST")),
        *OPEN,  # of the console: functions/console/routes.py is the one list
        *ROUTES,
    }


def test_logs_end_and_secrets_are_encrypted(template):
    logs = of_type(template, "AWS::Logs::LogGroup").values()
    assert len(logs) == len(functions(template)) + 1
    assert all(log["RetentionInDays"] == 90 for log in logs)
    assert all("KmsKeyId" in secret for secret in of_type(template, "AWS::SecretsManager::Secret").values())


@pytest.mark.parametrize("stands_in", ["SecretString", "GenerateSecretString"])
def test_no_secret_stands_in_the_template(template, stands_in):
    values = [it[stands_in] for it in of_type(template, "AWS::SecretsManager::Secret").values() if stands_in in it]
    assert values
    if stands_in == "SecretString":
        assert all("resolve:secretsmanager" in json.dumps(value) for value in values)
    assert str(Path.home()) not in json.dumps(template)


def test_no_deployment_puts_the_first_link_key_back_over_those_that_came_later(template):
    """CloudFormation writes a secret's value again whenever anything of the resource changes, its description even."""
    secrets = of_type(template, "AWS::SecretsManager::Secret")
    first, keys = (
        dict(next(it for name, it in secrets.items() if part in name)) for part in ("FirstLinkKey", "LinkKeys")
    )
    of_first = "{{resolve:secretsmanager:"
    assert keys.pop("SecretString") == {
        "Fn::Join": [
            "",
            [
                '{"keys": [{"kid": "1", "key": "' + of_first,
                {"Ref": "SecretsFirstLinkKey945E983C"},
                ':SecretString:key::}}"}]}',
            ],
        ]
    }
    assert keys == {
        "Description": "Keys of crisis links, newest last: it signs, all verify",
        "KmsKeyId": {"Fn::GetAtt": ["DataKey2A0DE9E6", "Arn"]},
    }
    assert first["GenerateSecretString"]["GenerateStringKey"] == "key"


def test_no_deployment_makes_a_new_pepper(template):
    """CloudFormation makes a new value whenever this block changes (aws-cdk#19985), and every citizen id with it."""
    secrets = of_type(template, "AWS::SecretsManager::Secret")
    (pepper,) = [it for name, it in secrets.items() if "Pepper" in name]
    assert pepper["GenerateSecretString"] == {
        "ExcludeCharacters": "ghijklmnopqrstuvwxyz",
        "ExcludePunctuation": True,
        "ExcludeUppercase": True,
        "GenerateStringKey": "pepper",
        "PasswordLength": 64,
        "SecretStringTemplate": "{}",
    }


def test_drills_begin_in_german_time_and_on_the_warntag_two_minutes_early(template):
    schedules = [
        it for it in of_type(template, "AWS::Scheduler::Schedule").values() if "CrisisDrill" in str(it["Target"])
    ]
    assert {(it["ScheduleExpression"], it["Target"]["Input"]) for it in schedules} == {
        ("cron(30 10 ? * TUE#1 *)", '{"name": "monthly"}'),
        ("cron(58 10 ? 9 THU#2 *)", '{"name": "warntag", "at": "11:00:00"}'),
    }
    assert {it["ScheduleExpressionTimezone"] for it in schedules} == {"Europe/Berlin"}
    assert functions(template)["crisis/drill"]["Timeout"] > WAITS_AT_MOST.total_seconds()
