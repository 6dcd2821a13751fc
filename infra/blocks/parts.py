"""What every part of the stack builds with: stage, code, key, table, secrets, and the address people reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.blocks.alarm import Watched, Way
from infra.blocks.data_key import DataKey
from infra.blocks.given_up import GivenUpEvents
from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import WEB_MB, LambdaFunction
from infra.blocks.mail_sender import MailSender
from infra.blocks.schedule_group import ScheduleGroup
from infra.blocks.secrets import Secrets
from infra.blocks.table import Table
from infra.deployment import Deployment


@dataclass(frozen=True, slots=True)
class Parts:
    """The shared constructs, made once. What is made here for a feature is remembered, so that all of it is watched."""

    deployment: Deployment
    code: lambda_.Code
    key: DataKey
    table: Table
    secrets: Secrets
    given_up: GivenUpEvents
    mails: MailSender
    public_url: str
    functions: list[LambdaFunction] = field(default_factory=list)
    queues: list[JobQueue] = field(default_factory=list)
    lost: dict[str, sqs.Queue] = field(default_factory=dict)
    """Dead letters of what is no queue of work, by the name that their alarm has."""
    watched: list[Watched] = field(default_factory=list)
    """Whatever has alarms: functions, queues and groups of schedules."""

    def queue(self, scope: Construct, name: str, *, visibility_s: int, attempts: int, urgent: bool = False) -> JobQueue:
        """A queue of work with its dead letters."""
        queue = JobQueue(
            scope,
            name,
            deployment=self.deployment,
            key=self.key,
            visibility_s=visibility_s,
            attempts=attempts,
            urgent=urgent,
        )
        self.queues.append(queue)
        self.watched.append(queue)
        return queue

    def schedule_group(self, scope: Construct, name: str, *, starts: str) -> ScheduleGroup:
        """Schedules with a role of their own."""
        group = ScheduleGroup(scope, name, deployment=self.deployment, given_up=self.given_up, starts=starts)
        self.watched.append(group)
        return group

    def function(
        self,
        scope: Construct,
        name: str,
        *,
        handler: str,
        purpose: str,
        variables: Mapping[str, str],
        timeout_s: int,
        urgent: bool = False,
        way: Way | None = None,
        memory_mb: int = WEB_MB,
        reserved_concurrency: int | None = None,
        feeds_itself: bool = False,
    ) -> LambdaFunction:
        """A function that may use the key, and knows its stage."""
        function = LambdaFunction(
            scope,
            name,
            handler=handler,
            purpose=purpose,
            deployment=self.deployment,
            code=self.code,
            variables={"stage": self.deployment.stage, **variables},
            timeout_s=timeout_s,
            urgent=urgent,
            way=way,
            memory_mb=memory_mb,
            reserved_concurrency=reserved_concurrency,
            feeds_itself=feeds_itself,
        )
        function.role.add_to_policy(self.key.use())
        self.functions.append(function)
        self.watched.append(function)
        return function
