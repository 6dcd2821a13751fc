"""A group of schedules, and a role of their own that may start the functions named to it, and nothing else."""

from aws_cdk import Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import FIVE_MINUTES, Alarm
from infra.blocks.given_up import GivenUpEvents
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

CREATE, DELETE = "scheduler:CreateSchedule", "scheduler:DeleteSchedule"
NAMED_AFTER = "A schedule is named after its broadcast or contest."


class ScheduleGroup(Construct):
    """No schedule of another group or account may borrow the role. `starts`: what a schedule starts, for people."""

    def __init__(
        self, scope: Construct, name: str, *, deployment: Deployment, given_up: GivenUpEvents, starts: str
    ) -> None:
        super().__init__(scope, "Schedules")
        self._given_up = given_up
        self.name = deployment.named(name)
        stack = Stack.of(self)
        self.group = scheduler.CfnScheduleGroup(self, "Group", name=self.name)
        ours = {
            "aws:SourceAccount": stack.account,
            "aws:SourceArn": f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule-group/{self.name}",
        }
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions={"StringEquals": ours}),
            description=f"Lets a schedule start {starts}, and nothing else",
        )
        dropped = cloudwatch.Metric(
            namespace="AWS/Scheduler",
            metric_name="InvocationDroppedCount",
            dimensions_map={"ScheduleGroup": self.name},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        about = f"a schedule could not start {starts}"
        self.alarms = [Alarm(f"{name}-schedule-dropped", dropped, 1, about, urgent=False)]

    def let_schedule(self, grantee: Grantee, *actions: str) -> None:
        """In this group alone, with its role alone, and for the scheduler alone."""
        stack = Stack.of(self)
        ours = f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule/{self.name}/*"
        grantee.allow(*(actions or (CREATE, DELETE)), on=ours)
        acknowledge(grantee.role, f"AwsSolutions-IAM5[Resource::{ours}]", NAMED_AFTER)
        to_scheduler = {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
        grantee.allow("iam:PassRole", on=self.role.role_arn, when=to_scheduler)

    def may_start(self, function: LambdaFunction) -> None:
        """Let the group's schedules invoke the function, and keep what it fails at."""
        self._given_up.keep_of(function)
        self.role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[function.function.function_arn])
        )
