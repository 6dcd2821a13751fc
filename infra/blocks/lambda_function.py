"""A function: one handler file, one role of its own, one log group. It is born with no rights but to write its log."""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.deployment import Deployment

RUNTIME_CHOICE = "Python 3.13 is supported until 2029; a newer one is taken when every locked wheel exists for arm64."
NAMESPACE = "Stadtdraht"  # of our metrics
WEB_MB = 512
SENDER_MB = 1769  # one whole vCPU; AWS Lambda, Configuring memory, 2026-09


class LambdaFunction(Construct):
    """`module` is the handler's file below functions/, such as `crisis/send`.

    variables: settings by the name of their field in stadtdraht/settings.py; a function is given only what it uses.
    feeds_itself: it puts messages into a queue that it works on. Lambda takes that for a runaway loop and drops the
    message after 16 invocations unless told otherwise (AWS Lambda, Recursive loop detection, 2026-09): an alert to
    50,000 people is handed on more often.
    """

    def __init__(
        self,
        scope: Construct,
        module: str,
        *,
        purpose: str,
        deployment: Deployment,
        code: lambda_.Code,
        variables: Mapping[str, str],
        timeout_s: int,
        memory_mb: int = WEB_MB,
        reserved_concurrency: int | None = None,
        feeds_itself: bool = False,
    ) -> None:
        super().__init__(scope, "".join(part.capitalize() for part in module.split("/")))
        self.module = module
        self.service = module.replace("/", "-")
        self.timeout_s = timeout_s
        self.log = logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/stadtdraht/{deployment.stage}/{self.service}",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"), description=purpose)
        self.allow("logs:CreateLogStream", "logs:PutLogEvents", on=self.log.log_group_arn)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=deployment.named(self.service),
            description=purpose,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            code=code,
            handler=f"functions.{module.replace('/', '.')}.handler",
            role=self.role.without_policy_updates(),  # CDK adds nothing that is not written down here
            timeout=Duration.seconds(timeout_s),
            memory_size=memory_mb,
            reserved_concurrent_executions=reserved_concurrency,
            recursive_loop=lambda_.RecursiveLoop.ALLOW if feeds_itself else None,
            log_group=self.log,
            environment={
                **{name.upper(): value for name, value in variables.items()},
                "POWERTOOLS_SERVICE_NAME": self.service,
                "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
                "LOG_LEVEL": "INFO",
            },
        )
        acknowledge(self.function, "AwsSolutions-L1", RUNTIME_CHOICE)
        if policy := self.role.node.try_find_child("DefaultPolicy"):
            self.function.node.add_dependency(policy)  # no invocation before its rights

    def allow(self, *actions: str, on: str | Sequence[str], when: Mapping[str, Any] | None = None) -> None:
        """One grant, written where the function is."""
        self.role.add_to_policy(
            iam.PolicyStatement(
                actions=list(actions), resources=[on] if isinstance(on, str) else list(on), conditions=when
            )
        )
