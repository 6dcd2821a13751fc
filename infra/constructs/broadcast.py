"""The town publishes: planning a newsletter, and sending its slices."""

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.constructs.inbound import JOB_TIMEOUT_S, JOB_VISIBILITY_S
from infra.constructs.lambda_function import SENDER_MB, LambdaFunction
from infra.constructs.parts import Parts
from infra.constructs.table import GET, PUT, PUT_MANY, QUERY, UPDATE, Rows

PLANS_WITHIN_S = 900  # a million subscribers are read in about five minutes
ATTEMPTS = 50  # a sender that finds its lane busy hands the slice back by failing; each try costs one receive


class Broadcast(Construct):
    """Two functions, one queue with a group per lane, and a group of schedules that may start a broadcast."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Broadcast")
        self.newsletter = parts.queue(self, "newsletter.fifo", visibility_s=JOB_VISIBILITY_S, attempts=ATTEMPTS)
        self.start = self._start(parts)
        self.send = self._send(parts)
        self.schedules = scheduler.CfnScheduleGroup(self, "Schedules", name=parts.deployment.named("broadcasts"))
        self.scheduler_role = iam.Role(
            self,
            "SchedulerRole",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=self._only_ours()),
            description="Lets a schedule start a broadcast, and nothing else",
        )
        self.scheduler_role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[self.start.function.function_arn])
        )
        self.functions = (self.start, self.send)
        self.queues = (self.newsletter,)

    def _only_ours(self) -> dict[str, Any]:
        """No schedule of another group or account may borrow the role."""
        stack = Stack.of(self)
        group = f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule-group/{self.schedules.name}"
        return {"StringEquals": {"aws:SourceAccount": stack.account, "aws:SourceArn": group}}

    def _start(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast/start",
            purpose="Cuts the audience of a newsletter into slices and hands them to the senders",
            variables={"table_name": parts.table.name, "newsletter_queue_url": self.newsletter.url},
            timeout_s=PLANS_WITHIN_S,
            memory_mb=SENDER_MB,
        )
        parts.table.let(function, GET, QUERY, on=(Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE))
        parts.table.let(function, PUT, on=(Rows.CAUSE,))
        self.newsletter.let_send(function)
        return function

    def _send(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast/send",
            purpose="Sends one slice of a newsletter at its lane's pace",
            variables={
                "table_name": parts.table.name,
                "newsletter_queue_url": self.newsletter.url,
                "town_secret_prefix": parts.secrets.town_prefix,
                "public_url": parts.public_url,
            },
            timeout_s=JOB_TIMEOUT_S,
            memory_mb=SENDER_MB,
            feeds_itself=True,
        )
        read = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.DELIVERY, Rows.NUMBER)
        parts.table.let(function, GET, QUERY, on=read)
        parts.table.let(function, PUT, on=(Rows.CAUSE, Rows.DELIVERY))
        parts.table.let(function, UPDATE, on=(Rows.CAUSE,))
        parts.table.let(function, PUT_MANY, on=(Rows.DELIVERY,))
        parts.secrets.let_read_tokens(function)
        self.newsletter.let_send(function)
        self.newsletter.feed(function)
        return function
