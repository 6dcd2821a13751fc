"""What happens by itself at its hour, in the towns' own time."""

from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts

RETRIES, WITHIN_S = 3, 3600


class Clock(Construct):
    """The schedules that every deployment has."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Clock")
        self.schedules = parts.schedule_group(self, "clock", starts="what happens by itself at its hour")

    def start(self, function: LambdaFunction, when: str, *, what: str, name: str = "", event: str = "{}") -> None:
        """`when` is a rate or a cron expression of EventBridge Scheduler, in German time.

        name: tells schedules of one function apart. event: JSON that the function is given.
        """
        self.schedules.may_start(function)
        retries = scheduler.CfnSchedule.RetryPolicyProperty(
            maximum_retry_attempts=RETRIES, maximum_event_age_in_seconds=WITHIN_S
        )
        scheduler.CfnSchedule(
            self,
            f"{function.node.id}{name}",
            description=what,
            group_name=self.schedules.group.ref,
            schedule_expression=when,
            schedule_expression_timezone="Europe/Berlin",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.function.function_arn,
                role_arn=self.schedules.role.role_arn,
                input=event,
                retry_policy=retries,
            ),
        )
