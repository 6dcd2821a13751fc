"""Calls for replies: the reminder a day before the end. Everything else of a call goes by the clock alone."""

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, Rows

REMINDS_WITHIN_S = 900  # some thousand people, each a read, a mark and a transaction


class Calls(Construct):
    """One function, and a group of schedules that may start it."""

    def __init__(self, scope: Construct, parts: Parts, answers: JobQueue) -> None:
        super().__init__(scope, "Calls")
        self.remind = self._remind(parts, answers)
        self.schedules = scheduler.CfnScheduleGroup(self, "Schedules", name=parts.deployment.named("calls"))
        self.scheduler_role = iam.Role(
            self,
            "SchedulerRole",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=self._only_ours()),
            description="Lets a schedule start the reminder of a call, and nothing else",
        )
        self.scheduler_role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[self.remind.function.function_arn])
        )
        self.functions = (self.remind,)

    def _only_ours(self) -> dict[str, Any]:
        """No schedule of another group or account may borrow the role."""
        stack = Stack.of(self)
        group = f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule-group/{self.schedules.name}"
        return {"StringEquals": {"aws:SourceAccount": stack.account, "aws:SourceArn": group}}

    def _remind(self, parts: Parts, answers: JobQueue) -> LambdaFunction:
        function = parts.function(
            self,
            "contests/remind",
            purpose="Reminds people of a call for replies a day before its end",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": answers.url,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
            },
            timeout_s=REMINDS_WITHIN_S,
        )
        parts.table.let(function, GET, QUERY, on=(Rows.CALL, Rows.CALLS, Rows.CITIZEN, Rows.TOWN))
        parts.table.let(function, PUT, on=(Rows.CALL, Rows.CITIZEN))
        parts.secrets.let_read(function, parts.secrets.pepper)
        answers.let_send(function)
        return function
