"""Embedded metrics and the log file of a function."""

import json

from local.aws.function_logs import FunctionLog, embedded_metrics


def _a_line(**values):
    directive = {
        "Namespace": "Stadtdraht",
        "Dimensions": [["town"]],
        "Metrics": [{"Name": "Sent", "Unit": "Count"}],
    }
    return json.dumps({"_aws": {"Timestamp": 1795400000000, "CloudWatchMetrics": [directive]}, **values})


def test_a_line_with_metrics_becomes_data():
    ((namespace, metric),) = embedded_metrics(_a_line(town="bocholt", Sent=3))

    assert namespace == "Stadtdraht"
    assert metric["Dimensions"] == [{"Name": "town", "Value": "bocholt"}]
    assert (metric["MetricName"], metric["Unit"], metric["Values"]) == ("Sent", "Count", [3.0])


def test_several_values_of_one_metric_are_kept():
    ((_, metric),) = embedded_metrics(_a_line(town="bocholt", Sent=[3, 4]))

    assert metric["Values"] == [3.0, 4.0]


def test_a_line_that_only_looks_like_metrics_gives_none():
    assert embedded_metrics('{"_aws": 1}') == []
    assert embedded_metrics(_a_line(Sent=3)) == []
    assert embedded_metrics('no json with "_aws"') == []


def test_lines_are_in_the_file_at_once_and_wait_to_be_shipped(tmp_path):
    log = FunctionLog(tmp_path / "logs" / "Send.log", "/aws/lambda/send")

    log.write([b"one", b"two\r  of two lines", b""])
    log.close()

    assert (tmp_path / "logs" / "Send.log").read_text() == "one\ntwo\n  of two lines\n\n"
    assert [text for _, text in log.waiting] == ["one", "two\n  of two lines"]
