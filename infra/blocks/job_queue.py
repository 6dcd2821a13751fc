"""A queue of work with its dead-letter queue, encrypted, reachable over TLS only."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.blocks.alarm import MINUTE, Alarm, Way
from infra.blocks.data_key import DataKey
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

SEND = ("sqs:SendMessage", "sqs:GetQueueAttributes")
TAKE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes")


def dead_letters(scope: Construct, name: str, *, deployment: Deployment, key: DataKey, fifo: bool) -> sqs.Queue:
    """Where a message ends that nobody could work on; kept as long as SQS keeps anything, but no longer than the stack.

    Nobody would take it back then, and its name would stand in the way of the next deployment.
    """
    return sqs.Queue(
        scope,
        "DeadLetters",
        queue_name=deployment.named(f"{name}-dead") + (".fifo" if fifo else ""),
        fifo=True if fifo else None,
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key.key,
        enforce_ssl=True,
        retention_period=Duration.days(14),
        removal_policy=RemovalPolicy.DESTROY,
    )


def dead_letters_alarm(name: str, queue: sqs.Queue, *, urgent: bool) -> Alarm:
    """Anything in a dead-letter queue is work that nobody does."""
    waiting = queue.metric_approximate_number_of_messages_visible(period=MINUTE, statistic="Maximum")
    return Alarm(f"{name}-dead-letters", waiting, 1, f"work of {name} was given up", urgent)


class JobQueue(Construct):
    """`name` ending in .fifo makes a high-throughput FIFO queue: order and deduplication within each message group.

    visibility_s: how long a message stays hidden after a crash; at least the consumer's timeout. attempts: receives
    before it is dead. urgent: dead letters wake somebody at night.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        key: DataKey,
        visibility_s: int,
        attempts: int,
        urgent: bool = False,
        keep_days: int = 4,
    ) -> None:
        plain, _, kind = name.partition(".")
        super().__init__(scope, "".join(part.capitalize() for part in plain.split("-")) + "Queue")
        fifo = kind == "fifo"
        self.name = plain
        self.visibility_s = visibility_s
        self.dead_letters = dead_letters(self, plain, deployment=deployment, key=key, fifo=fifo)
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=deployment.named(name),
            fifo=True if fifo else None,
            deduplication_scope=sqs.DeduplicationScope.MESSAGE_GROUP if fifo else None,
            fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID if fifo else None,
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=key.key,
            data_key_reuse=Duration.hours(1),
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(visibility_s),
            retention_period=Duration.days(keep_days),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=attempts),
        )
        self.alarms = [dead_letters_alarm(plain, self.dead_letters, urgent=urgent)]

    @property
    def url(self) -> str:
        return self.queue.queue_url

    def grant_send(self, function: Grantee) -> None:
        """Grant putting messages in."""
        function.allow(*SEND, on=self.queue.queue_arn)

    def trigger(
        self, function: LambdaFunction, *, batch_size: int = 1, most_at_once: int | None = None, pollers: int = 0
    ) -> None:
        """Call the function with messages; what it names as failed comes back alone.

        most_at_once: invocations side by side over all groups; without it, as many as there are groups.
        pollers: that always stand ready, for ten messages at the same time each; AWS allows them or most_at_once
        (Lambda, SQS provisioned mode, 2026-09).
        """
        function.allow(*TAKE, on=self.queue.queue_arn)
        mapping = lambda_.EventSourceMapping(
            function,
            f"From{self.node.id}",
            target=function.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=batch_size,
            max_concurrency=most_at_once,
            provisioned_poller_config=lambda_.ProvisionedPollerConfig(minimum_pollers=pollers) if pollers else None,
            report_batch_item_failures=True,
        )
        mapping.node.add_dependency(function.role)

    def alarm_when_waiting(self, most_s: int, *, urgent: bool = False, way: Way | None = None) -> None:
        """Work waits too long. SQS counts a message's age until it is deleted, so also while a function works on it."""
        age = self.queue.metric_approximate_age_of_oldest_message(period=MINUTE, statistic="Maximum")
        about = f"work of {self.name} waits for {most_s} s"
        self.alarms.append(Alarm(f"{self.name}-waits", age, most_s, about, urgent, way=way))
