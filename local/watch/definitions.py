"""Alarms, composites, metric filters and dashboards, as the template has them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from local.watch.metrics import MetricKey
from local.watch.resolving import Resolver
from local.watch.routes import Routes

DESCRIPTION = re.compile(r"(?P<order>P\d): (?P<about>.+)\. (?P<page>\S+)#(?P<chapter>[a-z0-9-]+)")
SEARCH = re.compile(
    r"""SEARCH\('\{(?P<namespace>[^,}]+),?(?P<by>[^}]*)\} MetricName="(?P<name>\w+)"', '(?P<stat>\w+)'\)"""
)
DEFAULT_PERIOD_S = 300
API_LOG = "http-api"  # the file of the access log


@dataclass(frozen=True, slots=True)
class AlarmText:
    """What both kinds of alarms say."""

    logical_id: str
    name: str
    """Its chapter in the runbooks."""
    order: str
    """P1, P2 or P3."""
    about: str
    runbook: str
    """`docs/operations/runbooks.md#chapter`"""
    tells: bool
    """Whether anybody hears of it; else a composite speaks for it."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Of one metric."""

    text: AlarmText
    metric: MetricKey
    statistic: str
    period_s: int
    periods: int
    of_them: int
    threshold: float
    operator: str
    missing: str


@dataclass(frozen=True, slots=True)
class Composite:
    """Of other alarms."""

    text: AlarmText
    rule: str
    """Alarms by `?` and logical id."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Counts lines of a log."""

    log_group: str
    pattern: str
    namespace: str
    name: str
    value: str
    """A number, or a field such as `$.people`."""
    dimensions: tuple[tuple[str, str], ...]
    """Name and field."""


@dataclass(frozen=True, slots=True)
class Line:
    """One curve of a graph, or one for each that a search finds."""

    label: str
    statistic: str
    period_s: int
    metric: MetricKey | None = None
    search: tuple[str, str, tuple[str, ...]] | None = None
    """Namespace, name and names of dimensions."""


@dataclass(frozen=True, slots=True)
class Widget:
    """A graph, or states of alarms; in columns and rows of a screen of 24 columns."""

    title: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...] = ()
    alarms: tuple[str, ...] = ()
    """Logical ids."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One screen."""

    name: str
    widgets: tuple[Widget, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """All of it."""

    alarms: tuple[Alarm, ...] = ()
    composites: tuple[Composite, ...] = ()
    filters: tuple[Filter, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    log_groups: Mapping[str, str] = field(default_factory=dict)
    """The log group that each file of the local logs stands for: a function's by its logical id, and the API's."""
    api: str = ""
    """What the API's metrics have as their dimension."""
    routes: Routes = field(default_factory=Routes)

    @classmethod
    def of(cls, template: Mapping[str, Any]) -> "Definitions":
        """From a synthesized template. Raises ValueError for an alarm that does arithmetic: this one has none."""
        known = Resolver(template)
        return cls(
            tuple(_alarm(known, *it) for it in known.of_type("AWS::CloudWatch::Alarm").items()),
            tuple(_composite(known, *it) for it in known.of_type("AWS::CloudWatch::CompositeAlarm").items()),
            tuple(_filter(known, it) for it in known.of_type("AWS::Logs::MetricFilter").values()),
            tuple(_dashboard(known, it) for it in known.of_type("AWS::CloudWatch::Dashboard").values()),
            dict(_log_groups(known)),
            next(iter(known.of_type("AWS::ApiGatewayV2::Api")), ""),
            Routes(it["RouteKey"] for it in known.of_type("AWS::ApiGatewayV2::Route").values()),
        )

    def text_of(self, logical_id: str) -> AlarmText:
        """What an alarm says. Raises KeyError."""
        everything: tuple[Alarm | Composite, ...] = (*self.alarms, *self.composites)
        for it in everything:
            if it.text.logical_id == logical_id:
                return it.text
        raise KeyError(logical_id)


def _log_groups(known: Resolver) -> Iterator[tuple[str, str]]:
    for logical_id, it in known.of_type("AWS::Lambda::Function").items():
        if group := it.get("LoggingConfig", {}).get("LogGroup"):
            yield logical_id, known.text(group)
    for it in known.of_type("AWS::ApiGatewayV2::Stage").values():
        yield API_LOG, known.name(known.text(it["AccessLogSettings"]["DestinationArn"]).removeprefix("?"))


def _alarm_text(logical_id: str, it: Mapping[str, Any]) -> AlarmText:
    said = DESCRIPTION.fullmatch(it["AlarmDescription"])
    if said is None:
        raise ValueError(f"{logical_id} describes itself otherwise: {it['AlarmDescription']}")
    runbook = f"{said['page']}#{said['chapter']}"
    return AlarmText(logical_id, said["chapter"], said["order"], said["about"], runbook, bool(it.get("AlarmActions")))


def _alarm(known: Resolver, logical_id: str, it: Mapping[str, Any]) -> Alarm:
    if "MetricName" not in it:
        raise ValueError(f"{logical_id} watches no single metric")
    return Alarm(
        text=_alarm_text(logical_id, it),
        metric=_key(known, it["Namespace"], it["MetricName"], it.get("Dimensions", [])),
        statistic=it.get("Statistic") or it["ExtendedStatistic"],
        period_s=int(it["Period"]),
        periods=int(it["EvaluationPeriods"]),
        of_them=int(it.get("DatapointsToAlarm", it["EvaluationPeriods"])),
        threshold=float(it["Threshold"]),
        operator=it["ComparisonOperator"],
        missing=it.get("TreatMissingData", "missing"),
    )


def _key(known: Resolver, namespace: str, name: str, dimensions: Sequence[Mapping[str, Any]]) -> MetricKey:
    return MetricKey.of(namespace, name, {one["Name"]: known.text(one["Value"]) for one in dimensions})


def _composite(known: Resolver, logical_id: str, it: Mapping[str, Any]) -> Composite:
    return Composite(_alarm_text(logical_id, it), known.text(it["AlarmRule"]))


def _filter(known: Resolver, it: Mapping[str, Any]) -> Filter:
    (counts,) = it["MetricTransformations"]
    return Filter(
        log_group=known.text(it["LogGroupName"]),
        pattern=it["FilterPattern"],
        namespace=counts["MetricNamespace"],
        name=counts["MetricName"],
        value=counts["MetricValue"],
        dimensions=tuple((one["Key"], one["Value"]) for one in counts.get("Dimensions", [])),
    )


def _dashboard(known: Resolver, it: Mapping[str, Any]) -> Dashboard:
    body = json.loads(known.text(it["DashboardBody"]))
    return Dashboard(it["DashboardName"], tuple(_widget(one) for one in body["widgets"]))


def _widget(it: Mapping[str, Any]) -> Widget:
    shows = it["properties"]
    return Widget(
        title=shows["title"],
        x=it["x"],
        y=it["y"],
        width=it["width"],
        height=it["height"],
        lines=tuple(_line(one) for one in shows.get("metrics", [])),
        alarms=tuple(arn.removeprefix("?") for arn in shows.get("alarms", [])),
    )


def _line(it: Sequence[Any]) -> Line:
    """`[namespace, name, dimension, value, …, {options}]`, as a dashboard's body has it."""
    *words, options = it if isinstance(it[-1], dict) else [*it, {}]
    period_s = options.get("period", DEFAULT_PERIOD_S)
    if expression := options.get("expression"):
        found = SEARCH.fullmatch(expression)
        if found is None:
            raise ValueError(f"a graph shows {expression}")
        by = tuple(part for part in found["by"].split(",") if part)
        return Line("", found["stat"], period_s, search=(found["namespace"], found["name"], by))
    namespace, name, *pairs = words
    key = MetricKey.of(namespace, name, dict(zip(pairs[::2], pairs[1::2], strict=True)))
    return Line(options.get("label", name), options.get("stat", "Average"), period_s, metric=key)
