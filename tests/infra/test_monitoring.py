"""Who is woken, by what, and what they find in the runbooks."""

import json
import re
from fnmatch import fnmatchcase

import pytest

from infra.synth import REPOSITORY
from tests.infra.conftest import run_app, synthesize
from tests.infra.reading import as_list, functions, of_type, sources_of

RUNBOOKS = REPOSITORY / "docs" / "operations" / "runbooks.md"
COST = REPOSITORY / "docs" / "operations" / "cost.md"


ORDER = re.compile(r"(P[123]): .+\. docs/operations/runbooks\.md#([a-z0-9-]+)")
REFUSED = ("message refused", "message halted", "answer refused", "answer halted")
SHUT_OUT = (190, 368, 131031)
WAYS = {"inbound", "broadcast", "crisis", "console"}


def alarms(template):
    """By the name of their chapter; of metrics, not of ways."""
    return {chapter(it): it for it in of_type(template, "AWS::CloudWatch::Alarm").values()}


def ways(template):
    return {chapter(it): it for it in of_type(template, "AWS::CloudWatch::CompositeAlarm").values()}


def chapter(alarm):
    return ORDER.fullmatch(alarm["AlarmDescription"])[2]


def order(alarm):
    return ORDER.fullmatch(alarm["AlarmDescription"])[1]


def way_of_each(template):
    """{alarm: the way it is a part of}"""
    logical = {key: chapter(it) for key, it in of_type(template, "AWS::CloudWatch::Alarm").items()}
    return {
        logical[part["Fn::GetAtt"][0]]: name.removesuffix("-unwell")
        for name, it in ways(template).items()
        for part in it["AlarmRule"]["Fn::Join"][1]
        if isinstance(part, dict)
    }


def service_names(template):
    return [it["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for it in functions(template).values()]


def is_urgent(alarm):
    return "Urgent" in json.dumps(alarm["AlarmActions"])


def test_alarms_and_runbooks_name_each_other_and_agree_on_their_order(template):
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (P[123][a-z ]*) \|", RUNBOOKS.read_text(encoding="utf-8"), re.MULTILINE)
    parts = way_of_each(template)
    said = {
        name: f"{order(alarm)} {parts.get(name, '')}".strip()
        for name, alarm in (alarms(template) | ways(template)).items()
    }
    assert len(rows) == len(dict(rows))
    assert dict(rows) == said


def test_what_wakes_is_what_its_description_calls_so(template):
    parts = way_of_each(template)
    for name, alarm in (alarms(template) | ways(template)).items():
        if name not in parts:
            assert is_urgent(alarm) == (order(alarm) == "P1"), name


def test_a_way_rings_once_for_all_of_its_parts_and_hides_nothing_else(template):
    """A part has no recipient, and its way has; dead letters, locked PINs and towns that are not ready are no parts."""
    parts, found = way_of_each(template), alarms(template)
    assert {f"{it}-unwell" for it in WAYS} == set(ways(template))
    assert set(parts.values()) == WAYS
    for name, alarm in found.items():
        assert ("AlarmActions" in alarm) == (name not in parts), name
    for name, way in parts.items():
        assert order(found[name]) == order(ways(template)[f"{way}-unwell"])
    own = ("-dead-letters", "crisis-pin-locked", "crisis-not-ready", "-halted", "meta-shuts-out", "-trouble")
    assert not any(name.endswith(own) for name in parts)


def test_every_alarm_also_says_that_it_is_over(template):
    for name, alarm in (alarms(template) | ways(template)).items():
        assert alarm.get("OKActions") == alarm.get("AlarmActions"), name


def test_one_error_wakes_nobody(template):
    """What fails comes back by itself; only what lasts is worth a night."""
    for name, alarm in alarms(template).items():
        if alarm.get("MetricName") in {"Errors", "Throttles"}:
            assert alarm["DatapointsToAlarm"] >= 2, name


def test_the_cost_page_counts_the_alarms_that_there_are(template):
    count, composites = len(alarms(template)), len(ways(template))
    page = COST.read_text(encoding="utf-8")
    assert f"| ({count} - 10 free) x 0.10 | {(count - 10) * 0.1:.2f} |" in page
    assert f"| {composites} x 0.50 | {composites * 0.5:.2f} |" in page


def test_an_idle_deployment_costs_what_its_parts_cost_and_at_most_15_usd(template):
    page = COST.read_text(encoding="utf-8").partition("## Idle")[2].partition("\n## ")[0]
    parts = [float(it) for it in re.findall(r"\| (\d+\.\d\d) \|$", page, re.MULTILINE)]
    (said,) = re.findall(r"\*\*sum\*\*.*\*\*([\d.]+)\*\*", page)
    assert float(said) == round(sum(parts), 1) <= 15


def test_a_function_that_fails_rings_by_itself_or_where_its_work_ends(template):
    """An alarm of its own, dead letters of a queue that feeds it or of its schedule, or the API's errors."""
    watched = set(alarms(template))
    kept = json.dumps(of_type(template, "AWS::Lambda::EventInvokeConfig"))
    integrations = json.dumps(of_type(template, "AWS::ApiGatewayV2::Integration"))
    logical = {it["Handler"]: key for key, it in of_type(template, "AWS::Lambda::Function").items()}
    for handler, it in functions(template).items():
        name = it["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
        key = logical[it["Handler"]]
        ends = (
            f"{name}-errors" in watched,
            any(f"{queue}-dead-letters" in watched for queue in sources_of(template, handler)),
            key in kept and "events-dead-letters" in watched,
            key in integrations and "http-api-5xx-anywhere" in watched,
        )
        assert any(ends), name


def test_every_dead_letter_queue_and_every_way_to_go_silent_has_an_alarm(template):
    watched = set(alarms(template))
    queues = [it["QueueName"] for it in of_type(template, "AWS::SQS::Queue").values()]
    dead = {re.sub(r"^stadtdraht-production-|-dead(\.fifo)?$", "", name) for name in queues if "-dead" in name}
    assert len(dead) == 10
    assert {f"{name}-dead-letters" for name in dead} <= watched
    assert {"crisis-halted", "newsletter-halted", "webhook-signature-wrong", "crisis-pin-locked"} <= watched
    assert {"broadcast-schedule-dropped", "contests-schedule-dropped", "clock-schedule-dropped"} <= watched
    assert {"readiness-not-checked", "figures-not-counted", "meta-shuts-out", "newsletter-waits"} <= watched
    assert {"table-reads-throttled", "table-writes-throttled", "http-api-throttled", "functions-throttled"} <= watched


def test_what_does_not_run_any_more_rings(template):
    """No figure is a figure."""
    silent = {name for name, it in alarms(template).items() if it["TreatMissingData"] == "breaching"}
    assert silent == {"readiness-not-checked", "figures-not-counted"}
    readiness = alarms(template)["readiness-not-checked"]
    assert readiness["Period"] * readiness["EvaluationPeriods"] == 900
    assert "CrisisReadiness" in json.dumps(readiness["Dimensions"])


def test_an_alert_that_is_being_sent_is_no_reason_to_wake_anybody(template):
    """SQS counts a message's age until it is deleted, so also while its function works on it."""
    longest_s = functions(template)["crisis/send"]["Timeout"]
    assert alarms(template)["crisis-waits"]["Threshold"] > longest_s


def filters_of(template, metric):
    """[(log group, pattern, value)]"""
    return [
        (it["LogGroupName"]["Ref"], it["FilterPattern"], it["MetricTransformations"][0]["MetricValue"])
        for it in of_type(template, "AWS::Logs::MetricFilter").values()
        if it["MetricTransformations"][0]["MetricName"] == metric
    ]


@pytest.mark.parametrize(
    ("metric", "function"), [("CrisisHalted", "CrisisSend"), ("NewsletterHalted", "BroadcastSend")]
)
def test_a_sender_s_log_line_is_counted_when_meta_refuses_the_whole_number(template, metric, function):
    ((group, pattern, _),) = filters_of(template, metric)
    assert function in group
    assert pattern == "{ ($.halted_by > 0) || ($.halted_by < 0) }"
    assert alarms(template)[f"{metric.removesuffix('Halted').lower()}-halted"]["MetricName"] == metric


@pytest.mark.parametrize("metric", ["MetaRefused", "MetaRefusedByCode", "MetaShutsOut", "MetaThrottled"])
def test_what_meta_refuses_is_counted_of_everything_that_sends(template, metric):
    found = filters_of(template, metric)
    senders = ("InboundReply", "BroadcastSend", "CrisisSend", "CrisisResend")
    assert all(any(sender in group for group, *_ in found) for sender in senders)
    assert len(found) == len(senders)
    refused = " || ".join(f'($.message = "{it}")' for it in REFUSED)
    shut_out = " || ".join(f"($.{field} = {code})" for field in ("code", "halted_by") for code in SHUT_OUT)
    expected = {
        "MetaRefused": f"{{ {refused} }}",
        "MetaRefusedByCode": f"{{ {refused} }}",
        "MetaShutsOut": f"{{ {shut_out} }}",
        "MetaThrottled": "{ $.code = 130429 }",
    }
    assert {(pattern, value) for _, pattern, value in found} == {(expected[metric], "1")}


def test_errors_of_the_api_wake_only_where_meta_or_an_officer_asks(template):
    """Whoever opens a town's page, or provokes an error in it, wakes nobody."""
    for metric, status in (("HttpApiFailed", "5*"), ("HttpApiThrottled", "429")):
        ((group, pattern, _),) = filters_of(template, metric)
        assert "AccessLog" in group
        assert f'$.status = "{status}"' in pattern
        routes = set(re.findall(r'\$\.route = "([^"]+)"', pattern))
        page = {f"{method} /crisis/{{token}}{more}" for method in ("GET", "POST") for more in ("", "/{alert}")}
        assert routes == {"POST /webhooks/whatsapp", *page}


def test_alarms_reach_people_by_mail(template):
    mails = [it["Endpoint"] for it in of_type(template, "AWS::SNS::Subscription").values()]
    assert mails == ["alarm@example.org"] * 2


def test_every_alarm_may_publish_to_the_topic_that_it_notifies(template):
    """From alarm to action, topic, its policy, and its key's: a policy of ours replaces the one by which SNS lets its
    own account publish, and CloudWatch cannot notify through a key that does not let it.
    """
    for alarm in (alarms(template) | ways(template)).values():
        for action in (*alarm.get("AlarmActions", []), *alarm.get("OKActions", [])):
            topic = action["Ref"]
            assert any(lets_publish(it, topic, alarm["AlarmName"]) for it in policies_of_topic(template, topic))
            if key := of_type(template, "AWS::SNS::Topic")[topic].get("KmsMasterKeyId"):
                assert any(lets_encrypt(it) for it in key_policy(template, key))


def test_no_alarm_is_silenced_by_the_loss_of_the_key_that_it_would_tell_of(template):
    assert not any("DataKey" in str(topic) for topic in of_type(template, "AWS::SNS::Topic").values())


def policies_of_topic(template, topic):
    return [
        statement
        for policy in of_type(template, "AWS::SNS::TopicPolicy").values()
        if {"Ref": topic} in policy["Topics"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def lets_publish(statement, topic, alarm):
    arn = f"arn:aws:cloudwatch:eu-central-1:000000000000:alarm:{alarm}"
    return (
        (statement["Effect"], statement["Action"]) == ("Allow", "sns:Publish")
        and statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        and statement["Resource"] == {"Ref": topic}
        and statement["Condition"]["StringEquals"] == {"aws:SourceAccount": "000000000000"}
        and fnmatchcase(arn, statement["Condition"]["ArnLike"]["aws:SourceArn"])
    )


def key_policy(template, key):
    return of_type(template, "AWS::KMS::Key")[key["Fn::GetAtt"][0]]["KeyPolicy"]["Statement"]


def lets_encrypt(statement):
    of_cloudwatch = statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    return of_cloudwatch and {"kms:Decrypt", "kms:GenerateDataKey*"} <= set(as_list(statement["Action"]))


def test_a_deployment_that_would_tell_nobody_says_so(tmp_path):
    done = run_app(tmp_path, "production", alarm_email="")
    assert done.returncode == 0
    manifest = "".join(file.read_text() for file in tmp_path.glob("*.json"))
    assert "No alarm_email" in manifest + done.stdout + done.stderr


@pytest.fixture(scope="module")
def told_in_every_way(tmp_path_factory):
    told = {
        "checked": True,
        "alarm_email": "alarm@example.org, office@example.org",
        "alarm_slack": "T0001/C0001",
        "urgent_email": "night@example.org",
        "urgent_phone": "+4915112345678",
        "urgent_url": "https://on-call.example.org/hook",
        "urgent_slack": "T0001/C0002",
    }
    return synthesize(tmp_path_factory.mktemp("told"), "production", **told)


def test_alarms_reach_people_by_mail_phone_address_and_chat(told_in_every_way):
    """The urgent topic beside mail, as far as the context names it."""
    template = told_in_every_way
    subscriptions = of_type(template, "AWS::SNS::Subscription").values()
    told = sorted((it["TopicArn"]["Ref"][10:16], it["Protocol"], it["Endpoint"]) for it in subscriptions)
    assert told == [
        ("Mornin", "email", "alarm@example.org"),
        ("Mornin", "email", "office@example.org"),
        ("Urgent", "email", "night@example.org"),
        ("Urgent", "https", "https://on-call.example.org/hook"),
        ("Urgent", "sms", "+4915112345678"),
    ]
    channels = of_type(template, "AWS::Chatbot::SlackChannelConfiguration").values()
    assert {(it["SlackWorkspaceId"], it["SlackChannelId"]) for it in channels} == {
        ("T0001", "C0001"),
        ("T0001", "C0002"),
    }
    assert {it["SnsTopicArns"][0]["Ref"][10:16] for it in channels} == {"Mornin", "Urgent"}


def test_nobody_commands_anything_from_the_chat(told_in_every_way):
    channels = of_type(told_in_every_way, "AWS::Chatbot::SlackChannelConfiguration").values()
    roles = {it["IamRoleArn"]["Fn::GetAtt"][0] for it in channels}
    assert all("CloudWatchReadOnlyAccess" in json.dumps(it["GuardrailPolicies"]) for it in channels)
    policies = of_type(told_in_every_way, "AWS::IAM::Policy").values()
    assert not any({"Ref": role} in it["Roles"] for it in policies for role in roles)
    assert all(not of_type(told_in_every_way, "AWS::IAM::Role")[role].get("Policies") for role in roles)
