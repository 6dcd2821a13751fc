"""The dashboards beside the phones: what rings stands on top, with its runbook; graphs show what was measured."""

import json

import pytest

from local.watch.collecting import ApiLog, LogFiles, Reports, measure_queues
from local.watch.page import show_dashboard, show_runbooks
from local.watch.runbooks import chapters
from local.watch.server import as_json
from local.watch.watch import Watch

NOW = 1_796_000_080.0
PAGE = "docs/operations/runbooks.md"
RUNBOOK = (
    "| `follow-up-failed` | P1 inbound | many *follow-ups* `failed` | [redrive](x.md) <soon> |\n| no alarm | – | – |\n"
)


def alarm(order, about, metric, **more):
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"{order}: {about}. {PAGE}#{metric['name']}",
            "Namespace": metric["namespace"],
            "MetricName": metric["metric"],
            "Dimensions": metric.get("dimensions", []),
            "Statistic": "Sum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",
            **more,
        },
    }


def graph(title, *metrics, y=6):
    return {
        "type": "metric",
        "x": 0,
        "y": y,
        "width": 8,
        "height": 5,
        "properties": {"title": title, "metrics": metrics},
    }


FOLLOW_UP = {
    "name": "follow-up-failed",
    "namespace": "Stadtdraht",
    "metric": "FollowUpFailed",
    "dimensions": [{"Name": "service", "Value": "inbound-process"}],
}
ERRORS = {"name": "crisis-drill-errors", "namespace": "AWS/Lambda", "metric": "Errors"} | {
    "dimensions": [{"Name": "FunctionName", "Value": {"Ref": "Drill"}}]
}
SEARCH = "SEARCH('{Stadtdraht,code} MetricName=\"MetaRefusedByCode\"', 'Sum')"
BODY = {
    "widgets": [
        {
            "type": "alarm",
            "x": 0,
            "y": 0,
            "width": 12,
            "height": 6,
            "properties": {"title": "what wakes", "alarms": ["?FollowUp", "?Way", "?Errors"]},
        },
        graph("refused <by code>", [{"expression": SEARCH}]),
        graph("drill", ["AWS/Lambda", "Errors", "FunctionName", "the-drill", {"label": "drill", "stat": "Sum"}], y=11),
    ]
}
TEMPLATE = {
    "Resources": {
        "Drill": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"FunctionName": "the-drill", "LoggingConfig": {"LogGroup": {"Ref": "DrillLog"}}},
        },
        "DrillLog": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/log/drill"}},
        "ApiLog": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/log/api"}},
        "Api": {"Type": "AWS::ApiGatewayV2::Api"},
        "Route": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"RouteKey": "GET /crisis/{token}"}},
        "Stage": {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {"AccessLogSettings": {"DestinationArn": {"Fn::GetAtt": ["ApiLog", "Arn"]}}},
        },
        "Failed": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": {"Ref": "ApiLog"},
                "FilterPattern": '{ ($.status = "5*") && ($.route = "GET /crisis/{token}") }',
                "MetricTransformations": [
                    {"MetricNamespace": "Stadtdraht", "MetricName": "HttpApiFailed", "MetricValue": "1"}
                ],
            },
        },
        "FollowUp": alarm("P1", "follow-ups fail", FOLLOW_UP),
        "Errors": alarm("P1", "the drill fails", ERRORS, AlarmActions=[{"Ref": "Urgent"}]),
        "HttpFailed": alarm(
            "P2", "the API fails", {"name": "http-api-5xx", "namespace": "Stadtdraht", "metric": "HttpApiFailed"}
        ),
        "Way": {
            "Type": "AWS::CloudWatch::CompositeAlarm",
            "Properties": {
                "AlarmDescription": f"P1: citizens are not heard. {PAGE}#inbound-unwell",
                "AlarmActions": [{"Ref": "Urgent"}],
                "AlarmRule": {"Fn::Join": ["", ['ALARM("', {"Fn::GetAtt": ["FollowUp", "Arn"]}, '")']]},
            },
        },
        "Screen": {
            "Type": "AWS::CloudWatch::Dashboard",
            "Properties": {"DashboardName": "stadtdraht-local-on-call", "DashboardBody": json.dumps(BODY)},
        },
    }
}
COUNTED = {
    "_aws": {
        "Timestamp": NOW * 1000,
        "CloudWatchMetrics": [
            {"Namespace": "Stadtdraht", "Dimensions": [["service"]], "Metrics": [{"Name": "FollowUpFailed"}]}
        ],
    },
    "service": "inbound-process",
    "FollowUpFailed": [1.0],
}


@pytest.fixture
def watch():
    return Watch(NOW - 7200, TEMPLATE)


def test_where_nothing_rings_the_page_says_so(watch):
    page = show_dashboard(watch, "on-call", NOW, 3)
    assert "Nothing rings." in page
    assert "✓" in page
    assert "✕" not in page


def test_what_rings_stands_on_top_with_its_order_and_runbook_and_its_parts_behind_it(watch):
    watch.read_line("/log/drill", json.dumps(COUNTED), NOW)
    page = show_dashboard(watch, "on-call", NOW, 3)
    top = page.partition('<p class="spans">')[0]
    assert (
        '<b class="order">P1</b> <a href="/dashboards/runbooks#inbound-unwell">inbound-unwell</a> citizens are' in top
    )
    assert 'red on these ways: <a href="/dashboards/runbooks#follow-up-failed">' in top


def test_the_json_names_what_somebody_would_hear_of_and_every_alarm(watch):
    watch.read_line("/log/drill", json.dumps(COUNTED), NOW)
    told = as_json(watch, NOW)
    assert told["ringing"] == ["inbound-unwell"]
    states = {it["name"]: (it["state"], it["tells"]) for it in told["alarms"]}
    assert states == {
        "follow-up-failed": ("ALARM", False),
        "crisis-drill-errors": ("OK", True),
        "http-api-5xx": ("OK", False),
        "inbound-unwell": ("ALARM", True),
    }
    assert told["alarms"][0]["runbook"] == f"{PAGE}#follow-up-failed"
    assert json.loads(json.dumps(told)) == told


def test_graphs_show_values_by_label_and_a_search_finds_its_metrics(watch):
    Reports(watch).ended("the-drill", failed=True, took_s=0.2)
    watch.measure("Stadtdraht", "MetaRefusedByCode", 3, NOW, {"code": "131026"})
    page = show_dashboard(watch, "on-call", NOW, 1)
    assert "refused &lt;by code&gt;" in page
    assert "131026 <b>3</b>" in page
    assert "drill <b>–</b>" in page  # what is later than this moment is not there yet


def test_there_is_no_page_of_a_dashboard_that_the_template_does_not_have(watch):
    assert show_dashboard(watch, "nothing", NOW, 3) is None
    assert show_dashboard(Watch(NOW), "on-call", NOW, 3) is None


def test_runbooks_are_read_row_by_row_and_shown_without_their_markup(watch):
    known = chapters(RUNBOOK)
    assert list(known) == ["follow-up-failed"]
    page = show_runbooks(watch, known, NOW)
    assert '<section id="follow-up-failed">' in page
    assert "many <i>follow-ups</i> <code>failed</code>" in page
    assert "redrive &lt;soon&gt;" in page


def test_lines_of_files_are_taken_in_once_and_only_whole_ones(watch, tmp_path):
    files, log = LogFiles(watch, tmp_path), tmp_path / "Drill.log"
    line = json.dumps(COUNTED)
    log.write_text(f"START\n{line}\n{line[:20]}")
    files.look()
    with log.open("a") as more:
        more.write(f"{line[20:]}\n")
    files.look()
    files.look()
    follow_up = watch.definitions.alarms[0].metric
    assert watch.metrics.statistic(follow_up, "Sum", NOW - 300, NOW + 60) == 2.0


def test_a_file_that_was_begun_anew_is_read_from_its_beginning(watch, tmp_path):
    files, log = LogFiles(watch, tmp_path), tmp_path / "Drill.log"
    log.write_text("x" * 5000 + "\n")
    files.look()
    log.write_text(json.dumps(COUNTED) + "\n")
    files.look()
    files.look()
    assert as_json(watch, NOW)["ringing"] == ["inbound-unwell"]


def test_files_of_nobody_are_left_alone(watch, tmp_path):
    (tmp_path / "whatsapp.log").write_text(json.dumps(COUNTED) + "\n")
    LogFiles(watch, tmp_path).look()
    assert as_json(watch, NOW)["ringing"] == []


def test_the_access_log_names_the_route_and_never_the_path(watch, tmp_path):
    ApiLog(watch, tmp_path).answered("GET", "/crisis/secret", 502, 0.1, "r1")
    text = (tmp_path / "http-api.log").read_text()
    assert "secret" not in text
    entry = json.loads(text)
    assert (entry["route"], entry["status"], entry["request"]) == ("GET /crisis/{token}", "502", "r1")
    LogFiles(watch, tmp_path).look()
    now = float(__import__("time").time())
    assert {it["name"] for it in as_json(watch, now)["alarms"] if it["state"] == "ALARM"} == {"http-api-5xx"}


def test_a_queue_s_depth_and_age_are_those_of_its_messages(watch):
    messages = [
        {"IsVisible": True, "SentTimestamp": NOW - 90},
        {"IsVisible": False, "SentTimestamp": (NOW - 120) * 1000},  # SQS itself counts in milliseconds
    ]
    listed = {"messages": {"000000000000": {"eu-central-1": {"http://localhost:4566/0/crisis.fifo": messages}}}}
    measure_queues(watch, listed, NOW)
    read = {
        key.name: watch.metrics.statistic(key, "Maximum", NOW - 60, NOW + 60)
        for name in ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage")
        for key in watch.metrics.of_name("AWS/SQS", name, ["QueueName"])
        if dict(key.dimensions) == {"QueueName": "crisis.fifo"}
    }
    assert read == {"ApproximateNumberOfMessagesVisible": 1.0, "ApproximateAgeOfOldestMessage": pytest.approx(120)}
