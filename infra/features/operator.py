"""The role of who works with the command line: exactly what its commands ask of AWS, for all towns, and nothing else.

A command that asks for more adds it here (tests/infra/test_operator.py joins the two); the local system runs every
command as this role, so that a missing right shows on one's own machine.
"""

from collections.abc import Sequence
from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.grantee import TakenRole
from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.staff_pool import StaffPool
from infra.features.broadcast import Broadcast
from infra.features.contests import Contests
from infra.features.media import Media
from stadtdraht.domain.media.media import PARTS

ROWS: Final = (
    *("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:DescribeTable"),
    *("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
)
LOOK: Final = ("sqs:GetQueueAttributes", "sqs:GetQueueUrl")
TAKE_BACK: Final = ("sqs:ReceiveMessage", "sqs:DeleteMessage")
OF_THE_ACCOUNT: Final = (
    *("cloudwatch:DescribeAlarms", "lambda:GetAccountSettings", "lambda:GetEventSourceMapping", "ses:GetAccount"),
    *("logs:DescribeLogGroups", "logs:GetQueryResults", "scheduler:ListSchedules"),
)
ONE_STACK = "The stack of this deployment: its id ends in what CloudFormation makes up."
OUR_LOGS = "Every log of the deployment: one query goes over all of them."
OUR_TOPICS = "The topics of this stack, whose names CloudFormation makes up from its own."
NO_RESOURCE = "Calls that look, and that AWS knows no resource for; and a metric, of which the condition names ours."


class Operator(TakenRole):
    """Assumed by the principals of the context's `operators`, or by whom the account's own policies let."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        stack = Stack.of(scope)
        trusted = [iam.ArnPrincipal(arn) for arn in parts.deployment.operators] or [iam.AccountRootPrincipal()]
        super().__init__(
            scope,
            "Operator",
            assumed_by=iam.CompositePrincipal(*trusted),
            description="Works with the command line, for every town of the deployment",
        )
        self.role.add_to_policy(parts.key.use())
        self.allow(*ROWS, on=parts.table.table.table_arn)
        parts.secrets.grant_keep(self)
        parts.mails.grant_send(self)
        self._may_look(parts, f"{stack.region}:{stack.account}", stack.stack_name)
        self.allow("cloudwatch:PutMetricData", on="*", when={"StringEquals": {"cloudwatch:namespace": NAMESPACE}})
        self.allow(*OF_THE_ACCOUNT, on="*")
        acknowledge(self.role, "AwsSolutions-IAM5[Resource::*]", NO_RESOURCE)

    def _may_look(self, parts: Parts, here: str, stack: str) -> None:
        """What `doctor` and `trace` ask of what the stack made. `here`: region and account, as in an ARN."""
        logs = f"arn:aws:logs:{here}:log-group:/stadtdraht/{parts.deployment.stage}/*"
        of_stack = f"arn:aws:cloudformation:{here}:stack/{stack}/*"
        topics = f"arn:aws:sns:{here}:{stack}-*"
        for on, why, *rights in (
            (of_stack, ONE_STACK, "cloudformation:DescribeStacks", "cloudformation:ListStackResources"),
            (logs, OUR_LOGS, "logs:StartQuery"),
            (topics, OUR_TOPICS, "sns:ListSubscriptionsByTopic"),
        ):
            self.allow(*rights, on=on)
            acknowledge(self.role, f"AwsSolutions-IAM5[Resource::{on}]", why)

    def may_redrive(self, queues: Sequence[JobQueue], others: Sequence[sqs.Queue]) -> None:
        """Put work into queues, look into their dead letters, and take it back from there. others: dead letters of no
        queue of ours.
        """
        dead = [*(it.dead_letters for it in queues), *others]
        self.allow(*LOOK, "sqs:SendMessage", on=[it.queue.queue_arn for it in queues])
        self.allow(*LOOK, *TAKE_BACK, on=[it.queue_arn for it in dead])

    def may_use(self, media: Media, broadcast: Broadcast, contests: Contests, staff: StaffPool) -> None:
        """What a feature grants by itself."""
        for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
            media.grant(self, action, *PARTS)
        self.allow("s3:ListBucket", on=media.bucket.bucket_arn)
        broadcast.let_publish(self)
        contests.schedules.let_schedule(self)
        staff.grant_keep_accounts(self)

    def may_start(self, *functions: LambdaFunction) -> None:
        """Ask these functions for something, and how many of it may run."""
        self.allow(
            "lambda:InvokeFunction", "lambda:GetFunctionConcurrency", on=[it.function.function_arn for it in functions]
        )
