"""Three dashboards, each on one screen and with at most 50 metrics: so many of each are free."""

from collections.abc import Iterable, Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.blocks.alarm import FIVE_MINUTES, Alarm, Priority, Way
from infra.blocks.http_api import HttpApi
from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction
from infra.blocks.monitoring import Monitoring
from infra.blocks.parts import Parts

GRAPH_WIDE, GRAPH_HIGH = 8, 5  # of a screen's 24 columns
ALARMS_HIGH = 6
DEAR = ("broadcast-send", "crisis-page", "crisis-readiness", "crisis-send", "inbound-process", "inbound-webhook")
COMMANDS = ("NumberRevealed",)  # what people do by the command line (stadtdraht/adapters/aws/figures.py)
BY_CODE = f"SEARCH('{{{NAMESPACE},code}} MetricName=\"MetaRefusedByCode\"', 'Sum')"

Metrics = Sequence[cloudwatch.IMetric]


class Dashboards(Construct):
    """On-call looks at the first; whoever sends newsletters, or pays the bill, at the others."""

    def __init__(self, scope: Construct, parts: Parts, api: HttpApi, monitoring: Monitoring) -> None:
        super().__init__(scope, "Dashboards")
        self._parts, self._api, self._made = parts, api, monitoring
        self._functions = {it.name: it for it in parts.functions}
        self._on_call()
        self._broadcast()
        self._cost_and_limits()

    def _on_call(self) -> None:
        named = self._functions
        queues = self._parts.queues
        lost = {it.name: it.dead_letters for it in queues} | self._parts.lost
        ways = [*self._made.ways.values()]
        findings = [made for alarm, made in self._made.made.items() if alarm.urgent and alarm.way is None]
        others = [made for alarm, made in self._made.made.items() if alarm.priority is Priority.P2]
        on_the_way = [named[name] for name in ("inbound-webhook", "inbound-process", "inbound-reply")]
        warn = [named[name] for name in ("crisis-page", "crisis-send", "crisis-resend", "crisis-readiness")]
        self._screen(
            "on-call",
            [_alarms("ways through the house, and what wakes", [*ways, *findings]), _alarms("for the morning", others)],
            [
                _graph("citizens write: invocations", _invocations(on_the_way)),
                _graph("functions that wake: errors", _errors([*on_the_way, *warn])),
                _graph("warnings", [*named["crisis-send"].figures, *named["crisis-resend"].figures]),
            ],
            [
                _graph("queues: oldest message, s", [_age(it) for it in queues]),
                _graph("dead letters", [_depth(it, name) for name, it in lost.items()]),
                _graph("Meta", _own("MetaRefused", "MetaShutsOut", "MetaThrottled")),
            ],
            [
                _graph("API", [self._of_api("Count", "Sum"), self._of_api("4xx", "Sum"), self._of_api("5xx", "Sum")]),
                _graph("API: p95, ms", [self._of_api("Latency", "p95")]),
                _graph("table: throttled", [it.metric for it in self._parts.table.alarms]),
            ],
        )

    def _broadcast(self) -> None:
        named = self._functions
        functions = [named[name] for name in ("broadcast-start", "broadcast-send", "broadcast-errand")]
        queue = next(it for it in self._parts.queues if it.name == "newsletter")
        watched = [(alarm, made) for alarm, made in self._made.made.items() if _is_of_broadcast(alarm)]
        alarms = [self._made.ways[Way.BROADCAST], *(made for _, made in watched)]
        by_code = cloudwatch.MathExpression(expression=BY_CODE, label="", period=FIVE_MINUTES, using_metrics={})
        self._screen(
            "broadcast",
            [_alarms("newsletters", alarms, width=24)],
            [
                _graph("messages", named["broadcast-send"].figures),
                _graph("refused by Meta, by code", [by_code]),
                _graph("too fast for Meta, and refused", _own("MetaThrottled", "MetaRefused")),
            ],
            [
                _graph("queue: oldest slice, s", [_age(queue)]),
                _graph(
                    "queue: slices, and dead letters",
                    [_depth(queue.queue, "slices"), _depth(queue.dead_letters, "dead")],
                ),
                _graph("noticed", [alarm.metric for alarm, _ in watched if _is_own(alarm)]),
            ],
            [
                _graph("functions: invocations", _invocations(functions)),
                _graph("functions: errors", _errors([*functions, named["broadcast-redirect"]])),
                _graph("statuses: p95 of the webhook, ms", [_duration(named["inbound-webhook"])]),
            ],
        )

    def _cost_and_limits(self) -> None:
        functions = self._parts.functions
        shown_elsewhere = {"crisis-send", "crisis-resend", "broadcast-send"}
        counted = [metric for it in functions if it.name not in shown_elsewhere for metric in it.figures]
        table = self._parts.table
        self._screen(
            "cost-and-limits",
            [
                _graph("concurrency of the account", [_of_lambda("ConcurrentExecutions", "Maximum")]),
                _graph("turned away for lack of it", [_of_lambda("Throttles", "Sum")]),
                _graph("API: requests", [self._of_api("Count", "Sum")]),
            ],
            [
                _graph("table: units", [table.consumed("Read"), table.consumed("Write")]),
                _graph("queues: messages", [_sent(it) for it in self._parts.queues]),
                _graph("logs: bytes of the account", [_of_logs()]),
            ],
            [
                _graph("functions that cost most: ms", [_duration(it, "Sum") for it in functions if it.name in DEAR]),
                _graph("counted, without an alarm", counted),
                _graph("command line: counted", _own(*COMMANDS, service="command-line")),
            ],
        )

    def _screen(self, name: str, *rows: Sequence[cloudwatch.ConcreteWidget]) -> None:
        dashboard = cloudwatch.Dashboard(
            self,
            "".join(part.capitalize() for part in name.split("-")),
            dashboard_name=self._parts.deployment.named(name),
            default_interval=Duration.hours(3),
        )
        for row in rows:
            dashboard.add_widgets(*row)

    def _of_api(self, name: str, statistic: str) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name=name,
            dimensions_map={"ApiId": self._api.api.api_id},
            period=FIVE_MINUTES,
            statistic=statistic,
        )


def _alarms(title: str, alarms: Sequence[cloudwatch.IAlarm], width: int = 12) -> cloudwatch.AlarmStatusWidget:
    return cloudwatch.AlarmStatusWidget(title=title, alarms=list(alarms), width=width, height=ALARMS_HIGH)


def _graph(title: str, metrics: Metrics) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=list(metrics), width=GRAPH_WIDE, height=GRAPH_HIGH)


def _is_of_broadcast(alarm: Alarm) -> bool:
    return alarm.way is Way.BROADCAST or alarm.name.startswith(("newsletter-", "weekly-", "broadcast-", "click-"))


def _is_own(alarm: Alarm) -> bool:
    return isinstance(alarm.metric, cloudwatch.Metric) and alarm.metric.namespace == NAMESPACE


def _own(*names: str, service: str = "") -> Metrics:
    dimensions = {"service": service} if service else {}
    return [
        cloudwatch.Metric(
            namespace=NAMESPACE, metric_name=it, dimensions_map=dimensions, period=FIVE_MINUTES, statistic="Sum"
        )
        for it in names
    ]


def _invocations(functions: Iterable[LambdaFunction]) -> Metrics:
    return [it.function.metric_invocations(period=FIVE_MINUTES, statistic="Sum", label=it.name) for it in functions]


def _errors(functions: Iterable[LambdaFunction]) -> Metrics:
    return [it.function.metric_errors(period=FIVE_MINUTES, statistic="Sum", label=it.name) for it in functions]


def _duration(function: LambdaFunction, statistic: str = "p95") -> cloudwatch.IMetric:
    return function.function.metric_duration(period=FIVE_MINUTES, statistic=statistic, label=function.name)


def _age(queue: JobQueue) -> cloudwatch.IMetric:
    return queue.queue.metric_approximate_age_of_oldest_message(
        period=FIVE_MINUTES, statistic="Maximum", label=queue.name
    )


def _depth(queue: sqs.Queue, name: str) -> cloudwatch.IMetric:
    return queue.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES, statistic="Maximum", label=name)


def _sent(queue: JobQueue) -> cloudwatch.IMetric:
    return queue.queue.metric_number_of_messages_sent(period=FIVE_MINUTES, statistic="Sum", label=queue.name)


def _of_lambda(name: str, statistic: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Lambda", metric_name=name, period=FIVE_MINUTES, statistic=statistic, label=name
    )


def _of_logs() -> cloudwatch.Metric:
    return cloudwatch.Metric(namespace="AWS/Logs", metric_name="IncomingBytes", period=FIVE_MINUTES, statistic="Sum")
