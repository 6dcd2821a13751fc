"""What the local copy of the template changes, and that it changes nothing else."""

import json

import pytest

from local.aws.template import localise

HOST = "http://127.0.0.1:20001"


def _localised(**resources):
    return json.loads(localise({"Resources": resources}, host=HOST).body)["Resources"]


def _a_function(**properties):
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "python3.13",
            "Handler": "functions.inbound.webhook.handler",
            "Code": {"S3Bucket": "assets", "S3Key": "code.zip"},
            **properties,
        },
    }


def test_what_it_does_not_know_stays_as_it_was_synthesized():
    """The local copy is the deployed template, not another one."""

    queue = {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": True, "VisibilityTimeout": 150}}

    assert {"Lane": queue} == _localised(Lane=queue)


def test_a_function_runs_in_the_host_and_its_stub_can_only_raise():
    function = _localised(Webhook=_a_function())["Webhook"]["Properties"]

    assert "raise RuntimeError" in function["Code"]["ZipFile"]
    assert function["Environment"]["Variables"]["MINISTACK_LAMBDA_PROXY_URL"] == f"{HOST}/invoke/Webhook"


def test_the_host_is_told_the_timeout_and_concurrency_that_aws_would_enforce():
    template = localise({"Resources": {"Send": _a_function(Timeout=30, ReservedConcurrentExecutions=4)}}, host=HOST)

    (send,) = template.functions
    assert (send.logical_id, send.timeout_s, send.reserved_concurrency) == ("Send", 30.0, 4)
    assert json.loads(template.body)["Resources"]["Send"]["Properties"]["Timeout"] == 90


def test_cdks_own_inline_functions_stay_with_the_local_aws():
    inline = _a_function(Code={"ZipFile": "def handler(event, context): ..."})

    assert {"Provider": inline} == _localised(Provider=inline)


def test_what_the_local_aws_cannot_do_is_left_out_with_every_mention_of_it():
    resources = _localised(
        Composite={"Type": "AWS::CloudWatch::CompositeAlarm", "Properties": {}},
        Math={"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": [{"Expression": "a/b"}]}},
        Board={
            "Type": "AWS::CloudWatch::Dashboard",
            "DependsOn": ["Composite"],
            "Properties": {"DashboardBody": {"Fn::Join": ["", [{"Fn::GetAtt": ["Math", "Arn"]}]]}},
        },
    )

    board = {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {"DashboardBody": {"Fn::Join": ["", ["Math"]]}},
    }
    assert {"Board": board} == resources


def test_a_plain_alarm_is_kept():
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors"}}

    assert {"Alarm": alarm} == _localised(Alarm=alarm)


def test_sections_that_need_the_bootstrap_stack_are_dropped():
    synthesized = {
        "Resources": {},
        "Parameters": {"BootstrapVersion": {}},
        "Rules": {},
        "Outputs": {"A": {"Value": 1}},
    }

    assert json.loads(localise(synthesized, host=HOST).body) == {
        "Resources": {},
        "Outputs": {"A": {"Value": 1}},
    }


def test_the_reference_to_a_secret_is_its_arn_as_on_aws():
    resources = _localised(
        Token={"Type": "AWS::SecretsManager::Secret"},
        Lane={
            "Type": "AWS::SQS::Queue",
            "Properties": {"Tags": [{"Key": "secret", "Value": {"Ref": "Token"}}]},
        },
    )

    assert resources["Lane"]["Properties"]["Tags"][0]["Value"] == {"Fn::GetAtt": ["Token", "Id"]}


def test_only_the_demand_for_tls_is_taken_out_of_a_policy():
    tls = {"Effect": "Deny", "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    other = {"Effect": "Deny", "Action": "s3:DeleteBucket"}
    resources = _localised(
        Mixed={
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"PolicyDocument": {"Statement": [tls, other]}},
        },
        Alone={"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {"Statement": [tls]}}},
    )

    assert list(resources) == ["Mixed"]
    assert [other] == resources["Mixed"]["Properties"]["PolicyDocument"]["Statement"]


def test_cors_is_spelt_as_the_local_aws_reads_it():
    api = {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {"CorsConfiguration": {"AllowOrigins": ["*"], "MaxAge": 5}},
    }

    assert _localised(Api=api)["Api"]["Properties"]["CorsConfiguration"] == {
        "allowOrigins": ["*"],
        "maxAge": 5,
    }


def test_event_sources_are_polled_by_the_host_alone():
    mapping = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"BatchSize": 1}}

    assert _localised(Lane=mapping)["Lane"]["Properties"] == {"BatchSize": 1, "Enabled": False}


def test_time_to_live_is_remembered_for_after_the_deployment():
    table = {
        "Type": "AWS::DynamoDB::GlobalTable",
        "Properties": {"TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True}},
    }

    assert localise({"Resources": {"Table": table}}, host=HOST).time_to_live == {"Table": "expires_at"}


@pytest.mark.parametrize("groups", [["broadcast"], ["broadcast", "contests"]])
def test_a_right_on_schedules_of_a_group_also_holds_where_the_local_aws_looks_for_it(groups):
    ours = [f"arn:aws:scheduler:eu-central-1:000000000000:schedule/{group}/*" for group in groups]
    granted = ours[0] if len(ours) == 1 else ours  # as CloudFormation writes them
    statement = {"Effect": "Allow", "Action": "scheduler:CreateSchedule", "Resource": granted}
    policy = {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement": [statement]}}}
    (local,) = _localised(Policy=policy)["Policy"]["Properties"]["PolicyDocument"]["Statement"]

    assert local["Resource"] == [*ours, ours[0].replace("broadcast", "default")]
