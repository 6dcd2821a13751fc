"""Three dashboards, each one screen: what on-call, whoever sends newsletters, and whoever pays look at."""

import json

import pytest

from tests.infra.reading import of_type

A_SCREEN = 24  # rows of a dashboard that a laptop shows
FREE_METRICS = 50  # of each of three dashboards; Amazon CloudWatch pricing, 2026-09
ON_CALL, BROADCAST, COST = (f"stadtdraht-production-{it}" for it in ("on-call", "broadcast", "cost-and-limits"))


def bodies(template):
    """{name: body}, with `?logical id` for what AWS fills in."""

    def text(part):
        return part if isinstance(part, str) else f"?{part.get('Ref') or part['Fn::GetAtt'][0]}"

    return {
        it["DashboardName"]: json.loads("".join(map(text, it["DashboardBody"]["Fn::Join"][1])))
        for it in of_type(template, "AWS::CloudWatch::Dashboard").values()
    }


def metrics(body):
    return [it for widget in body["widgets"] for it in widget["properties"].get("metrics", [])]


def alarms(body):
    return {arn.removeprefix("?") for widget in body["widgets"] for arn in widget["properties"].get("alarms", [])}


def test_there_are_three_and_no_more_are_free(template):
    assert set(bodies(template)) == {ON_CALL, BROADCAST, COST}


@pytest.mark.parametrize("name", [ON_CALL, BROADCAST, COST])
def test_each_fits_on_one_screen_and_costs_nothing(template, name):
    body = bodies(template)[name]
    assert max(it["y"] + it["height"] for it in body["widgets"]) <= A_SCREEN
    assert all(it["x"] + it["width"] <= 24 for it in body["widgets"])
    assert 0 < len(metrics(body)) <= FREE_METRICS
    assert all(it["properties"]["title"] for it in body["widgets"])


def test_on_call_sees_queues_dead_letters_table_api_own_metrics_and_the_states_of_alarms(template):
    body = bodies(template)[ON_CALL]
    shown = json.dumps(metrics(body))
    queues = of_type(template, "AWS::SQS::Queue")
    assert all(f"?{logical}" in shown for logical in queues)
    for wanted in (
        "5xx",
        "4xx",
        "Latency",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
        "MetaShutsOut",
        "CrisisUnknown",
    ):
        assert f'"{wanted}"' in shown, wanted


def test_on_call_sees_every_alarm_that_wakes_or_waits_for_the_morning(template):
    shown = alarms(bodies(template)[ON_CALL])
    everything = of_type(template, "AWS::CloudWatch::Alarm") | of_type(template, "AWS::CloudWatch::CompositeAlarm")
    with_a_recipient = {key for key, it in everything.items() if it.get("AlarmActions")}
    third = {key for key, it in everything.items() if it["AlarmDescription"].startswith("P3")}
    assert with_a_recipient - third <= shown


def test_whoever_sends_newsletters_sees_them_go_out(template):
    shown = json.dumps(metrics(bodies(template)[BROADCAST]))
    for wanted in (
        "NewsletterAccepted",
        "NewsletterRefused",
        "NewsletterUnknown",
        "MetaRefusedByCode",
        "MetaThrottled",
    ):
        assert wanted in shown, wanted


def test_limits_of_the_account_and_what_is_paid_by_use_are_seen(template):
    shown = json.dumps(metrics(bodies(template)[COST]))
    wanted = ("ConcurrentExecutions", "Throttles", "ConsumedWriteCapacityUnits", "IncomingBytes", "Count", "Duration")
    for it in wanted:
        assert f'"{it}"' in shown, it
