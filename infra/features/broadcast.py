"""The town publishes: planning a newsletter, and sending its slices."""

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.lambda_function import SENDER_MB, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, PUT_MANY, QUERY, UPDATE, Rows
from infra.features.inbound import JOB_TIMEOUT_S, JOB_VISIBILITY_S

PLANS_WITHIN_S = 900  # a million subscribers are read in about five minutes
WATCHES_WITHIN_S = 900  # 200 towns, two requests of a second each at the most, and who takes warnings is counted
EVENTS = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": ["event"]}}}}
EVENTS_AT_ONCE, EVENTS_GATHER_S = 100, 5  # Meta tells a change of many templates one by one
ATTEMPTS = 50  # a sender that finds its lane busy hands the slice back by failing; each try costs one receive


class Broadcast(Construct):
    """Three functions, one queue with a group per lane, and a group of schedules that may start a broadcast."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Broadcast")
        self.newsletter = parts.queue(self, "newsletter.fifo", visibility_s=JOB_VISIBILITY_S, attempts=ATTEMPTS)
        self.schedules = scheduler.CfnScheduleGroup(self, "Schedules", name=parts.deployment.named("broadcasts"))
        self.scheduler_role = iam.Role(
            self,
            "SchedulerRole",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=self._only_ours()),
            description="Lets a schedule start a broadcast, and nothing else",
        )
        self.start = self._start(parts)
        self.send = self._send(parts)
        self.scheduler_role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[self.start.function.function_arn])
        )
        self.watch = self._watch(parts)
        self.functions = (self.start, self.send, self.watch)
        self.queues = (self.newsletter,)

    def _only_ours(self) -> dict[str, Any]:
        """No schedule of another group or account may borrow the role."""
        group = self._arn("scheduler", f"schedule-group/{self.schedules.name}")
        return {"StringEquals": {"aws:SourceAccount": Stack.of(self).account, "aws:SourceArn": group}}

    def _start(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast/start",
            purpose="Cuts the audience of a newsletter into slices and hands them to the senders",
            variables={
                "table_name": parts.table.name,
                "newsletter_queue_url": self.newsletter.url,
                "broadcast_start_function": self._arn(
                    "lambda", f"function:{parts.deployment.named('broadcast-start')}"
                ),
                "scheduler_group": self.schedules.name or "",
                "scheduler_role_arn": self.scheduler_role.role_arn,
                "public_url": parts.public_url,
            },
            timeout_s=PLANS_WITHIN_S,
            memory_mb=SENDER_MB,
        )
        read = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.CAUSES, Rows.DELIVERY, Rows.STANDING, Rows.WINDOWS)
        parts.table.let(function, GET, QUERY, on=read)
        parts.table.let(function, PUT, on=(Rows.CAUSE, Rows.CAUSES))
        self.newsletter.let_send(function)
        self._let_schedule_the_next_portion(function)
        return function

    def _let_schedule_the_next_portion(self, function: LambdaFunction) -> None:
        """In our group alone, with our role alone, and for the scheduler alone."""
        ours = self._arn("scheduler", f"schedule/{self.schedules.name}/*")
        function.allow("scheduler:CreateSchedule", on=ours)
        acknowledge(function.role, f"AwsSolutions-IAM5[Resource::{ours}]", "A schedule is named after its broadcast.")
        to_scheduler = {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
        function.allow("iam:PassRole", on=self.scheduler_role.role_arn, when=to_scheduler)

    def _arn(self, service: str, what: str) -> str:
        """Written out, since a function that names itself would wait for itself."""
        stack = Stack.of(self)
        return f"arn:aws:{service}:{stack.region}:{stack.account}:{what}"

    def _watch(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "whatsapp/watch_account",
            purpose="Compares every town's templates at Meta with those it had approved",
            variables={"table_name": parts.table.name, "town_secret_prefix": parts.secrets.town_prefix},
            timeout_s=WATCHES_WITHIN_S,
        )
        parts.table.let(function, GET, QUERY, on=(Rows.AUDIENCE, Rows.DIRECTORY, Rows.TOWN))
        parts.table.let(function, PUT_MANY, on=(Rows.STANDING,))
        parts.secrets.let_read_tokens(function)
        self._hear_events(function, parts)
        return function

    def _hear_events(self, function: LambdaFunction, parts: Parts) -> None:
        """What is lost here is found at night: no dead letters."""
        parts.table.feed(
            function,
            only=EVENTS,
            starting_position="LATEST",
            batch_size=EVENTS_AT_ONCE,
            maximum_batching_window_in_seconds=EVENTS_GATHER_S,
            maximum_retry_attempts=3,
        )

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
