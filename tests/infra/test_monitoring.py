"""Who is woken, by what, and what they find in the runbooks."""

import json
import re
from fnmatch import fnmatchcase

from infra.synth import REPOSITORY
from tests.infra.conftest import run_app
from tests.infra.reading import as_list, functions, of_type

RUNBOOKS = REPOSITORY / "docs" / "operations" / "runbooks.md"
COST = REPOSITORY / "docs" / "operations" / "cost.md"


def alarms(template):
    """By the name of their chapter."""
    return {
        it["AlarmDescription"].rpartition("#")[2]: it for it in of_type(template, "AWS::CloudWatch::Alarm").values()
    }


def service_names(template):
    return [it["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for it in functions(template).values()]


def is_urgent(alarm):
    return "Urgent" in json.dumps(alarm["AlarmActions"])


def test_alarms_and_runbooks_name_each_other_and_agree_on_urgency(template):
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (yes|no) \|", RUNBOOKS.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {name: "yes" if is_urgent(alarm) else "no" for name, alarm in alarms(template).items()}


def test_the_cost_page_counts_the_alarms_that_there_are(template):
    """An alarm that adds metrics up costs as many as it looks at."""
    found = of_type(template, "AWS::CloudWatch::Alarm").values()
    count = sum(max(1, sum("MetricStat" in one for one in it.get("Metrics", []))) for it in found)
    page = COST.read_text(encoding="utf-8")
    assert f"| ({count} - 10 free) x 0.10; one that adds up metrics costs as many | {(count - 10) * 0.1:.2f} |" in page


def test_every_function_every_dead_letter_queue_and_every_way_to_go_silent_has_an_alarm(template):
    watched = set(alarms(template))
    assert {f"{name}-errors" for name in service_names(template)} <= watched
    queues = [it["QueueName"] for it in of_type(template, "AWS::SQS::Queue").values()]
    dead = {re.sub(r"^stadtdraht-production-|-dead(\.fifo)?$", "", name) for name in queues if "-dead" in name}
    assert len(dead) == 9
    assert {f"{name}-dead-letters" for name in dead} <= watched
    assert {"crisis-halted", "newsletter-halted", "webhook-signature-wrong", "crisis-pin-locked"} <= watched
    assert {"broadcast-schedule-dropped", "contests-schedule-dropped", "clock-schedule-dropped"} <= watched


def test_an_alert_that_is_being_sent_is_no_reason_to_wake_anybody(template):
    """SQS counts a message's age until it is deleted, so also while its function works on it."""
    longest_s = functions(template)["crisis/send"]["Timeout"]
    assert alarms(template)["crisis-waits"]["Threshold"] > longest_s


def test_a_sender_s_log_line_is_counted_when_meta_refuses_the_whole_number(template):
    filters = of_type(template, "AWS::Logs::MetricFilter").values()
    counted = {it["MetricTransformations"][0]["MetricName"]: it["LogGroupName"]["Ref"] for it in filters}
    assert set(counted) == {"CrisisHalted", "NewsletterHalted"}
    assert "CrisisSend" in counted["CrisisHalted"]
    assert "BroadcastSend" in counted["NewsletterHalted"]
    assert {it["FilterPattern"] for it in filters} == {"{ ($.halted_by > 0) || ($.halted_by < 0) }"}
    for name in ("crisis", "newsletter"):
        assert alarms(template)[f"{name}-halted"]["MetricName"] == f"{name.capitalize()}Halted"


def test_alarms_reach_people_by_mail(template):
    mails = [it["Endpoint"] for it in of_type(template, "AWS::SNS::Subscription").values()]
    assert mails == ["alarm@example.org"] * 2


def test_every_alarm_may_publish_to_the_topic_that_it_notifies(template):
    """From alarm to action, topic, its policy, and its key's: a policy of ours replaces the one by which SNS lets its
    own account publish, and CloudWatch cannot notify through a key that does not let it.
    """
    for alarm in of_type(template, "AWS::CloudWatch::Alarm").values():
        (action,) = alarm["AlarmActions"]
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


def test_the_dashboard_shows_every_function(template):
    (dashboard,) = of_type(template, "AWS::CloudWatch::Dashboard").values()
    shown = json.dumps(dashboard["DashboardBody"])
    assert all(f'title\\":\\"{name}' in shown for name in service_names(template))


def test_a_deployment_that_would_tell_nobody_says_so(tmp_path):
    done = run_app(tmp_path, "production", alarm_email="")
    assert done.returncode == 0
    manifest = "".join(file.read_text() for file in tmp_path.glob("*.json"))
    assert "No alarm_email" in manifest + done.stdout + done.stderr
