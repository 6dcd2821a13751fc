"""What a schedule started and nobody could do: the event itself is kept, and somebody is told."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.data_key import DataKey
from infra.blocks.job_queue import dead_letters, dead_letters_alarm
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

RETRIES = 2  # Lambda's most; after one minute, then two
WITHIN = Duration.hours(1)  # also while it finds no concurrency; what is older is better started by hand


class GivenUpEvents(Construct):
    """Lambda takes a schedule's event, answers at once and tries it three times. Without this it is gone then."""

    def __init__(self, scope: Construct, *, deployment: Deployment, key: DataKey) -> None:
        super().__init__(scope, "Events")
        self.queue = dead_letters(self, "events", deployment=deployment, key=key, fifo=False)
        acknowledge(self.queue, "AwsSolutions-SQS3", "It is where events end that no function could work on.")
        self.alarms = [dead_letters_alarm("events", self.queue, urgent=False)]

    def keep_of(self, function: LambdaFunction) -> None:
        """Keep what this function fails at; once for each function, however many schedules start it."""
        if function.node.try_find_child("Retries"):
            return
        function.allow("sqs:SendMessage", on=self.queue.queue_arn)
        lambda_.EventInvokeConfig(
            function,
            "Retries",
            function=function.function,
            retry_attempts=RETRIES,
            max_event_age=WITHIN,
            on_failure=destinations.SqsDestination(self.queue),
        )
