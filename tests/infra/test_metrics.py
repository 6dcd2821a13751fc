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


def ours_in_alarms(template):
    """{(metric, dimensions)} of our own namespace."""
    found = of_type(template, "AWS::CloudWatch::Alarm").values()
    return {(it["MetricName"], dimensions(it)) for it in found if it["Namespace"] == NAMESPACE}


def dimensions(alarm):
    return tuple(sorted((one["Name"], str(one["Value"])) for one in alarm.get("Dimensions", [])))


def watched_by_alarms(template):
    """{(service, metric)} of the alarms on what our code counts; what is counted from logs has no service."""
    found = ours_in_alarms(template)
    assert all(len(it) == 1 and it[0][0] == "service" for _, it in found if it)
    return {(it[0][1], name) for name, it in found if it}


def counted_from_logs(template):
    """{metric: names of its dimensions} of the filters in logs."""
    transformations = (it["MetricTransformations"][0] for it in of_type(template, "AWS::Logs::MetricFilter").values())
    return {it["MetricName"]: [one["Key"] for one in it.get("Dimensions", [])] for it in transformations}


def shown(template):
    """{(metric, service)} on any dashboard, and each whole body."""
    bodies = [
        json.dumps(it["DashboardBody"]).replace("\\", "")
        for it in of_type(template, "AWS::CloudWatch::Dashboard").values()
    ]
    return {it for body in bodies for it in re.findall(rf'\["{NAMESPACE}","(\w+)","service","([a-z0-9-]+)"', body)}


def test_what_is_counted_from_logs_has_an_alarm_or_a_graph(template):
    found = counted_from_logs(template)
    alarmed = {name for name, dimensions in ours_in_alarms(template) if not dimensions}
    assert {name for name, by in found.items() if not by} == alarmed
    assert {name: by for name, by in found.items() if by} == {"MetaRefusedByCode": ["code"]}
    (body,) = [str(it) for it in of_type(template, "AWS::CloudWatch::Dashboard").values() if "ByCode" in str(it)]
    assert "SEARCH" in body


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
