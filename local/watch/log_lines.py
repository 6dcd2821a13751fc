"""Metrics out of log lines: the embedded metric format, and the template's metric filters."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from local.watch.conditions import line_matches
from local.watch.definitions import Filter
from local.watch.metrics import MetricKey

Point = tuple[MetricKey, float, float]
"""What, when (seconds since 1970), and how much."""


def points_in(line: str, filters: list[Filter], now_s: float) -> Iterator[Point]:
    """Of one line of the log that these filters look at. A line that is no JSON has none."""
    begin = line.find("{")
    if begin < 0:
        return
    try:
        entry = json.loads(line[begin:])
    except ValueError:
        return
    if not isinstance(entry, dict):
        return
    if "_aws" in entry:
        yield from _embedded(entry)
    at_s = _time_of(entry, now_s)
    for it in filters:
        if line_matches(it.pattern, entry):
            value = _number(entry, it.value)
            by = {name: str(entry.get(field.removeprefix("$."), "")) for name, field in it.dimensions}
            if value is not None:
                yield MetricKey.of(it.namespace, it.name, by), at_s, value


def _embedded(entry: Mapping[str, Any]) -> Iterator[Point]:
    """CloudWatch, Embedded metric format specification, 2026-09."""
    try:
        at_s = entry["_aws"]["Timestamp"] / 1000
        for directive in entry["_aws"]["CloudWatchMetrics"]:
            for names in directive.get("Dimensions") or [[]]:
                dimensions = {name: str(entry[name]) for name in names}
                for metric in directive["Metrics"]:
                    values = entry[metric["Name"]]
                    for value in values if isinstance(values, list) else [values]:
                        yield MetricKey.of(directive["Namespace"], metric["Name"], dimensions), at_s, float(value)
    except (KeyError, TypeError, ValueError):
        return


def _time_of(entry: Mapping[str, Any], now_s: float) -> float:
    """The line's own time, as Powertools and our access log write it."""
    try:
        return datetime.fromisoformat(str(entry["timestamp"]).replace(",", ".")).timestamp()
    except (KeyError, ValueError):
        return now_s


def _number(entry: Mapping[str, Any], value: str) -> float | None:
    said = entry.get(value.removeprefix("$.")) if value.startswith("$.") else value
    try:
        return float(said)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
