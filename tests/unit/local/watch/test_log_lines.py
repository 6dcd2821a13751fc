"""Metrics out of lines: what a function counts, and what the template's filters count."""

import json

import pytest

from local.watch.definitions import Filter
from local.watch.log_lines import points_in
from local.watch.metrics import MetricKey
from stadtdraht.observability import count

NOW = 1_796_000_040.0
THROTTLED = Filter("/log", "{ $.throttled > 0 }", "Stadtdraht", "MetaThrottled", "$.throttled", ())
BY_CODE = Filter("/log", '{ $.message = "message refused" }', "Stadtdraht", "ByCode", "1", (("code", "$.code"),))


def points(line, *filters):
    return list(points_in(line if isinstance(line, str) else json.dumps(line), list(filters), NOW))


def test_what_the_real_emitter_prints_is_read(capsys, monkeypatch):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "crisis-page")
    count("CrisisPinLocked", 2)
    ((key, at_s, value),) = points(capsys.readouterr().out.strip())
    assert (key, value) == (MetricKey.of("Stadtdraht", "CrisisPinLocked", {"service": "crisis-page"}), 2.0)
    assert at_s > 1.7e9


def test_a_filter_takes_the_line_s_time_and_its_field():
    line = {"timestamp": "2026-11-30 18:23:38,718+0000", "throttled": 7}
    ((key, at_s, value),) = points(line, THROTTLED)
    assert (key, value) == (MetricKey.of("Stadtdraht", "MetaThrottled"), 7.0)
    assert at_s == pytest.approx(1_796_063_018.718)


def test_a_field_becomes_a_dimension():
    ((key, at_s, _),) = points({"message": "message refused", "code": 131026}, BY_CODE, THROTTLED)
    assert key == MetricKey.of("Stadtdraht", "ByCode", {"code": "131026"})
    assert at_s == NOW


@pytest.mark.parametrize(
    "line", ["", "Traceback", "{", "[1]", "{}", '{"_aws": 1}', '{"_aws": {"Timestamp": "x"}}', "null"]
)
def test_a_line_that_is_none_of_these_counts_nothing(line):
    assert points(line, THROTTLED, BY_CODE) == []


def test_a_value_that_is_no_number_counts_nothing():
    one = Filter("/log", '{ $.a = "b" }', "Stadtdraht", "A", "$.c", ())
    assert points({"a": "b", "c": "many"}, one) == []
