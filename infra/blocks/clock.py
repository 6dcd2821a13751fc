"""What happens by itself at its hour, in the towns' own time."""

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts

RETRIES, WITHIN_S = 3, 3600


class Clock(Construct):
    """A group of schedules and a role that may start the functions named to it, and nothing else."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Clock")
        self.group = scheduler.CfnScheduleGroup(self, "Schedules", name=parts.deployment.named("clock"))
        self.role = iam.Role(
            self,
            "SchedulerRole",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=self._only_ours()),
            description="Lets the clock start what is named to it, and nothing else",
        )

    def start(self, function: LambdaFunction, when: str, *, what: str, name: str = "", event: str = "{}") -> None:
        """`when` is a rate or a cron expression of EventBridge Scheduler, in German time.

        name: tells schedules of one function apart. event: JSON that the function is given.
        """
        self.role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[function.function.function_arn])
        )
        retries = scheduler.CfnSchedule.RetryPolicyProperty(
            maximum_retry_attempts=RETRIES, maximum_event_age_in_seconds=WITHIN_S
        )
        scheduler.CfnSchedule(
            self,
            "".join(part.capitalize() for part in function.module.split("/")) + name,
            description=what,
            group_name=self.group.ref,
            schedule_expression=when,
            schedule_expression_timezone="Europe/Berlin",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.function.function_arn, role_arn=self.role.role_arn, input=event, retry_policy=retries
            ),
        )

    def _only_ours(self) -> dict[str, Any]:
        """No schedule of another group or account may borrow the role."""
        stack = Stack.of(self)
        group = f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule-group/{self.group.name}"
        return {"StringEquals": {"aws:SourceAccount": stack.account, "aws:SourceArn": group}}
