"""What functions count, and who looks at it: CloudWatch adds nothing up over dimensions, so that names must meet."""

import ast
import inspect
import json
import re
from functools import cache

import pytest

from infra.synth import REPOSITORY
from stadtdraht.observability import NAMESPACE, count
from tests.infra.reading import functions, of_type

METRIC_NAME = re.compile(r"(?:[A-Z][a-z]+){2,}")
WHO_COUNTS = ("count", "Guard", "Incident")


def parsed(module):
    """The module's syntax tree; None for what is not ours."""
    file = REPOSITORY / (module.replace(".", "/") + ".py")
    return ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else None


@cache
def imported_by(module):
    """The module and every module of ours that it imports, at whatever depth."""
    tree, found = parsed(module), {module}
    nodes = ast.walk(tree) if tree else ()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("functions", "stadtdraht.use")):
            for name in (node.module, *(f"{node.module}.{it.name}" for it in node.names)):
                if parsed(name) and name not in found:
                    found |= imported_by(name)
    return frozenset(found)


def counted_in(module):
    """Names of metrics in every function that counts, or tells another what to count."""
    texts = {
        it.value
        for function in ast.walk(parsed(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (counts(function) or "metric" in function.name)
        for it in ast.walk(function)
        if isinstance(it, ast.Constant) and isinstance(it.value, str)
    }
    return {text for text in texts if METRIC_NAME.fullmatch(text)}


def counts(function):
    calls = (it.func for it in ast.walk(function) if isinstance(it, ast.Call))
    return any(isinstance(it, ast.Name) and it.id in WHO_COUNTS for it in calls)


def counted(template):
    """{(name of the function, metric)} of everything that any function counts."""
    return {
        (it["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"], metric)
        for handler, it in functions(template).items()
        for module in imported_by(f"functions.{handler.replace('/', '.')}")
        for metric in counted_in(module)
    }


def watched_by_alarms(template):
    """{(service, metric)} of the alarms on what our code counts; a metric filter's metric has no dimension."""
    ours = [metric for it in of_type(template, "AWS::CloudWatch::Alarm").values() for metric in metrics_of(it)]
    filtered = {
        transformation["MetricName"]
        for it in of_type(template, "AWS::Logs::MetricFilter").values()
        for transformation in it["MetricTransformations"]
    }
    found = {(dimensions, name) for namespace, name, dimensions in ours if namespace == NAMESPACE}
    assert {name for dimensions, name in found if not dimensions} == filtered
    assert all(len(dimensions) == 1 and dimensions[0][0] == "service" for dimensions, _ in found if dimensions)
    return {(dimensions[0][1], name) for dimensions, name in found if dimensions}


def metrics_of(alarm):
    """(namespace, name, dimensions) of each metric that an alarm looks at, also within a formula."""
    inside = [it["MetricStat"]["Metric"] for it in alarm.get("Metrics", []) if "MetricStat" in it]
    for it in inside or [alarm]:
        dimensions = sorted((one["Name"], str(one["Value"])) for one in it.get("Dimensions", []))
        yield it["Namespace"], it["MetricName"], tuple(dimensions)


def shown(template):
    (dashboard,) = of_type(template, "AWS::CloudWatch::Dashboard").values()
    body = json.dumps(dashboard["DashboardBody"]).replace("\\", "")
    return set(re.findall(rf'\["{NAMESPACE}","(\w+)","service","([a-z0-9-]+)"', body))


def test_what_a_function_counts_has_an_alarm_or_a_graph_under_its_own_name(template):
    """A metric costs 0.30 USD a month. `WeeklyIssueWaits` was counted by town, and its alarm could never ring."""
    seen = watched_by_alarms(template) | {(service, name) for name, service in shown(template)}
    assert counted(template) - seen == set()


def test_an_alarm_waits_for_nothing_that_its_function_does_not_count(template):
    assert watched_by_alarms(template) - counted(template) == set()


def test_a_count_has_the_one_dimension_that_alarms_ask_for(capsys, monkeypatch):
    """The town stands in the log; a dimension more, and no alarm sees the count."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "broadcast-start")
    count("WeeklyIssueWaits")
    told = json.loads(capsys.readouterr().out)
    (directive,) = told["_aws"]["CloudWatchMetrics"]
    assert (directive["Namespace"], directive["Dimensions"]) == (NAMESPACE, [["service"]])
    assert told["service"] == "broadcast-start"
    assert list(inspect.signature(count).parameters) == ["name", "value"]


@pytest.mark.parametrize(
    ("function", "metric"),
    [
        ("broadcast-start", "WeeklyIssueWaits"),
        ("whatsapp-watch-account", "AccountTrouble"),
        ("crisis-page", "CrisisPinLocked"),
        ("inbound-process", "FollowUpFailed"),
    ],
)
def test_counts_are_found_wherever_they_stand(template, function, metric):
    assert (function, metric) in counted(template)
