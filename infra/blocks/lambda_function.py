"""A function: one handler file, one role of its own, one log group. It is born with no rights but to write its log."""

from collections.abc import Mapping

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import FIVE_MINUTES, MINUTE, NO_BLIP, Alarm, Way, kebab_case
from infra.blocks.grantee import Grantee
from infra.bundle import PYTHON
from infra.deployment import Deployment

RUNTIME_CHOICE = "A newer one is taken when it can be tried: docs/decisions/0015-python-3-13-until-it-can-be-tried.md."
NAMESPACE = "Stadtdraht"  # of our metrics
WEB_MB = 512
LASTING = (5, 2)  # minutes, and how many of them: one error, which comes back by itself, wakes nobody
SENDER_MB = 1769  # one whole vCPU; AWS Lambda, Configuring memory, 2026-09
HALTED = logs.FilterPattern.any(  # the senders' log line of a slice carries Meta's code, 0 when all is well
    logs.FilterPattern.number_value("$.halted_by", ">", 0), logs.FilterPattern.number_value("$.halted_by", "<", 0)
)


class LambdaFunction(Grantee):
    """All names on AWS come from `name`, none from `handler`: moving the file replaces nothing.

    name: such as `crisis-send`; what the function, its log group, its metrics, its alarms and its logger are called.
    handler: the file below functions/, such as `crisis/send`.
    variables: settings by the name of their field in stadtdraht/settings.py; a function is given only what it uses.
    urgent: errors of it that last wake somebody at night.
    way: which way stands still while it fails. A function that is neither urgent nor on a way has no alarm of its own:
    what it could not do lies among dead letters, or was answered with 5xx, and that rings.
    reserved_concurrency: so many invocations at the same time it can always have, and never more.
    feeds_itself: it puts messages into a queue that it works on. Lambda takes that for a runaway loop and drops the
    message after 16 invocations unless told otherwise (AWS Lambda, Recursive loop detection, 2026-09): an alert to
    50,000 people is handed on more often.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        handler: str,
        purpose: str,
        deployment: Deployment,
        code: lambda_.Code,
        variables: Mapping[str, str],
        timeout_s: int,
        urgent: bool = False,
        way: Way | None = None,
        memory_mb: int = WEB_MB,
        reserved_concurrency: int | None = None,
        feeds_itself: bool = False,
    ) -> None:
        super().__init__(scope, "".join(part.capitalize() for part in name.split("-")))
        self.name = name
        self.log = logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/stadtdraht/{deployment.stage}/{name}",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"), description=purpose)
        self.allow("logs:CreateLogStream", "logs:PutLogEvents", on=self.log.log_group_arn)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=deployment.named(name),
            description=purpose,
            runtime=lambda_.Runtime(f"python{PYTHON}", lambda_.RuntimeFamily.PYTHON),
            architecture=lambda_.Architecture.ARM_64,
            code=code,
            handler=f"functions.{handler.replace('/', '.')}.handler",
            role=self.role.without_policy_updates(),  # CDK adds nothing that is not written down here
            timeout=Duration.seconds(timeout_s),
            memory_size=memory_mb,
            reserved_concurrent_executions=reserved_concurrency,
            recursive_loop=lambda_.RecursiveLoop.ALLOW if feeds_itself else None,
            log_group=self.log,
            # Every error is one JSON line, also one that ends the process. Of Lambda's own lines only those that tell
            # of trouble: start, end and report of each invocation cost more than ours.
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            environment={
                **{name.upper(): value for name, value in variables.items()},
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
                "LOG_LEVEL": "INFO",
            },
        )
        acknowledge(self.function, "AwsSolutions-L1", RUNTIME_CHOICE)
        if policy := self.role.node.try_find_child("DefaultPolicy"):
            self.function.node.add_dependency(policy)  # no invocation before its rights
        self.way = way
        self.alarms: list[Alarm] = []
        if urgent or way:
            errors = self.function.metric_errors(period=MINUTE)
            self.alarms.append(Alarm(f"{name}-errors", errors, 1, f"{name} fails", urgent, *LASTING, way=way))
        self.figures: list[cloudwatch.IMetric] = []

    def alarm_on_throttles(self) -> None:
        """It must never wait for concurrency."""
        throttles = self.function.metric_throttles(period=MINUTE)
        about = f"{self.name} finds no free concurrency"
        self.alarms.append(Alarm(f"{self.name}-throttles", throttles, 1, about, True, *LASTING, way=self.way))

    def alarm_when_behind(self, seconds: int, about: str) -> None:
        """Rows of the stream that it reads have waited for so long."""
        age = self.function.metric("IteratorAge", period=MINUTE, statistic="Maximum")
        self.alarms.append(Alarm(f"{self.name}-late", age, seconds * 1000, about, True, *NO_BLIP, way=self.way))

    def alarm_when_idle(self, name: str, about: str, *, period: Duration, periods: int, urgent: bool) -> None:
        """It has not run at all for so many periods: nothing fails, since nothing happens any more."""
        runs = self.function.metric_invocations(period=period, statistic="Sum")
        self.alarms.append(Alarm(name, runs, 1, about, urgent, periods, rings_below=True))

    def alarm_when_halted(self, work: str, *, urgent: bool) -> None:
        """Meta refuses the whole number or template: nothing fails, and nothing goes out."""
        halted = logs.MetricFilter(
            self,
            "HaltedCount",
            log_group=self.log,
            filter_pattern=HALTED,
            metric_namespace=NAMESPACE,
            metric_name=f"{work.capitalize()}Halted",
        ).metric(period=MINUTE, statistic="Sum")
        about = f"Meta takes nothing of {work} from this number"
        self.alarms.append(Alarm(f"{work}-halted", halted, 1, about, urgent))

    def alarm_on(
        self,
        metric: str,
        about: str,
        *,
        urgent: bool,
        threshold: int = 1,
        periods: int = 1,
        of_them: int | None = None,
        can_wait: bool = False,
        way: Way | None = None,
    ) -> None:
        """Something that its code counts under this name (stadtdraht/observability.py)."""
        counted = self._counted(metric, FIVE_MINUTES)
        self.alarms.append(
            Alarm(
                kebab_case(metric),
                counted,
                threshold,
                about,
                urgent,
                periods,
                of_them,
                can_wait=can_wait,
                way=way,
            )
        )

    def show(self, *metrics: str) -> None:
        """What its code counts and no alarm waits for: a graph on the dashboard."""
        self.figures += [self._counted(metric, MINUTE) for metric in metrics]

    def _counted(self, metric: str, period: Duration) -> cloudwatch.Metric:
        """With the one dimension that `count` gives it."""
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=metric,
            dimensions_map={"service": self.name},
            period=period,
            statistic="Sum",
        )
