"""What AWS refuses at a deployment and the local AWS lets pass: sizes, lengths and ranges of the template."""

import json
import re
from collections import Counter

from tests.infra.reading import of_type

TOKEN_LENGTH = 100  # of what a reference becomes: an ARN, a URL of a queue


def length(value):
    """Of a text in the template, with what stands for its references."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict) and "Fn::Join" in value:
        return sum(map(length, value["Fn::Join"][1]))
    return TOKEN_LENGTH


def test_the_template_is_within_cloudformation_s_quotas(template):
    """AWS CloudFormation, Quotas, 2026-09."""
    assert len(template["Resources"]) <= 500
    assert len(template["Outputs"]) <= 200
    assert len(json.dumps(template)) <= 1_000_000


def test_functions_are_within_lambda_s_quotas(template):
    """AWS Lambda, Quotas and CreateFunction, 2026-09."""
    for it in of_type(template, "AWS::Lambda::Function").values():
        variables = it["Environment"]["Variables"]
        assert sum(len(name) + length(value) for name, value in variables.items()) <= 4_096
        assert len(it["FunctionName"]) <= 64
        assert len(it["Description"]) <= 256
        assert 1 <= it["Timeout"] <= 900
    for it in of_type(template, "AWS::Lambda::EventSourceMapping").values():
        assert all(len(one["Pattern"]) <= 4_096 for one in it.get("FilterCriteria", {}).get("Filters", []))
        at_most = it.get("ScalingConfig", {}).get("MaximumConcurrency")
        assert at_most is None or 2 <= at_most <= 1_000
        assert not (at_most and "ProvisionedPollerConfig" in it)  # one or the other


def test_who_may_invoke_a_function_fits_into_its_policy(template):
    """AWS Lambda, Quotas, 2026-09: 20 kB for the policy of a function; a statement of a route has about 400 bytes."""
    allowed = Counter(json.dumps(it["FunctionName"]) for it in of_type(template, "AWS::Lambda::Permission").values())
    assert max(allowed.values()) * 400 <= 20_480


def test_roles_are_within_iam_s_quotas(template):
    """AWS IAM, Quotas, 2026-09: all inline policies of a role together, white space not counted."""
    inline = {}
    for policy in of_type(template, "AWS::IAM::Policy").values():
        for role in policy["Roles"]:
            text = json.dumps(policy["PolicyDocument"])
            references = re.findall(r'\{"(?:Ref|Fn::GetAtt)"', text)
            size = len(re.sub(r"\s", "", text)) + TOKEN_LENGTH * len(references)
            inline[role["Ref"]] = inline.get(role["Ref"], 0) + size
    assert max(inline.values()) <= 10_240
    descriptions = (it.get("Description", "") for it in of_type(template, "AWS::IAM::Role").values())
    assert all(re.fullmatch(r"[\t\n\r -~¡-ÿ]{0,1000}", it) for it in descriptions)


def test_alarms_are_within_cloudwatch_s_quotas(template):
    """Amazon CloudWatch, PutMetricAlarm, 2026-09."""
    for it in of_type(template, "AWS::CloudWatch::Alarm").values():
        assert len(it["AlarmName"]) <= 255
        assert len(it["AlarmDescription"]) <= 1_024
        metrics = [one for one in it.get("Metrics", []) if "MetricStat" in one]
        assert len(metrics) <= 10
        period_s = it.get("Period") or max(one["MetricStat"]["Period"] for one in metrics)
        days = 7 if period_s >= 3600 else 1
        assert period_s * it["EvaluationPeriods"] <= days * 24 * 3600
        assert it.get("DatapointsToAlarm", 1) <= it["EvaluationPeriods"]


def test_queues_schedules_and_routes_bear_names_that_aws_takes(template):
    """Amazon SQS, EventBridge Scheduler and API Gateway, 2026-09."""
    for it in of_type(template, "AWS::SQS::Queue").values():
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,75}(\.fifo)?", it["QueueName"])
        assert it.get("FifoQueue", False) == it["QueueName"].endswith(".fifo")
    for it in of_type(template, "AWS::Scheduler::ScheduleGroup").values():
        assert re.fullmatch(r"[0-9A-Za-z_.-]{1,64}", it["Name"])
    assert len(of_type(template, "AWS::ApiGatewayV2::Route")) <= 300
    for it in of_type(template, "AWS::Lambda::EventInvokeConfig").values():
        assert 60 <= it["MaximumEventAgeInSeconds"] <= 21_600
