"""The one table (docs/data-model.md) and who may touch which of its rows."""

import hashlib
import json
from enum import StrEnum
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import FIVE_MINUTES, NO_BLIP, Alarm
from infra.blocks.data_key import DataKey
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

GET, QUERY = "dynamodb:GetItem", "dynamodb:Query"
GET_MANY = "dynamodb:BatchGetItem"
PUT, UPDATE = "dynamodb:PutItem", "dynamodb:UpdateItem"  # also as parts of a transaction
PUT_MANY = "dynamodb:BatchWriteItem"  # AWS knows no right to batches that only put: it covers deletions too
STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
THROTTLED = 10  # within five minutes: more than a partition that splits
LEADING_KEYS = "dynamodb:LeadingKeys"
IN_TRANSACTIONS = (PUT, UPDATE)


class Rows(StrEnum):
    """Partitions as patterns of an IAM condition on leading keys; * stands for the town and for what follows."""

    DIRECTORY = "#DIRECTORY"
    TOWN = "*#TOWN"
    INBOX = "*#INBOX#*"
    IDENTITY = "*#IDENTITY#*"
    CITIZEN = "*#CITIZEN#*"
    AUDIENCE = "*#AUDIENCE#*"
    CAUSE = "*#CAUSE#*"
    CAUSES = "*#CAUSES#*"
    CLICKS = "*#CLICKS#*"
    DELIVERY = "*#DELIVERY#*"
    STATUS = "*#STATUS#*"
    NUMBER = "*#NUMBER#*"
    CRISIS = "*#CRISIS"
    GUESSES = "*#GUESSES"
    NONCE = "*#NONCE#*"
    EVIDENCE = "*#EVIDENCE#*"
    ERASURES = "*#ERASURES"
    OPTED_OUT = "*#OPTED_OUT"
    AUDIT = "*#AUDIT"
    CONVERSATIONS = "*#CONVERSATIONS"  # of versions before 0.3; no function's but of who erases
    WAITING = "*#WAITING"
    RECENT = "*#RECENT#*"
    NAMES = "*#NAMES"
    LOOKING = "*#LOOKING"
    TEXTS = "*#TEXTS"
    SAME_TEXT = "*#SAME#*"
    MEDIA_TROUBLE = "*#MEDIA_TROUBLE"
    HOLDS = "*#HOLDS"
    SWEEPS = "*#SWEEPS"
    STANDING = "*#STANDING"
    TOLD = "*#TOLD"
    UNDELIVERED = "*#UNDELIVERED"
    WINDOWS = "*#WINDOWS"
    LAMP = "*#LAMP"
    LINE = "*#LINE"
    ARRIVALS = "*#ARRIVALS"
    CASES = "*#CASES#*"
    OPEN_CASES = "*#OPEN_CASES"
    CASE = "*#CASE#*"
    CONSULTATIONS = "*#CONSULTATIONS"
    CONSULTATION = "*#CONSULTATION#*"
    CALLS = "*#CALLS"
    CALL = "*#CALL#*"
    # of the console's door, where nobody is of a town yet
    SESSION = "#SESSION#*"
    STAFF_OF = "#STAFF#*"
    DOOR_GUESSES = "#GUESSES#*"
    STAFF = "*#STAFF"
    FIGURES = "*#FIGURES"


class Table(Construct):
    """On demand, with a stream of new rows, TTL, point-in-time recovery, and protection against deletion.

    A table that stands already is one more resource to CloudFormation, not another form of the first: it has an id of
    its own, so that the deployment that names it imports it and lets go of the former.
    """

    def __init__(self, scope: Construct, *, deployment: Deployment, key: DataKey) -> None:
        super().__init__(scope, "Table")
        self._rights: dict[tuple[Grantee, str], tuple[iam.PolicyStatement, set[Rows]]] = {}
        self.table = dynamodb.TableV2(
            self,
            f"Rows{_digest(deployment.table_name)}",
            table_name=deployment.table_name or None,
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing=dynamodb.Billing.on_demand(),
            dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE,
            time_to_live_attribute="expires_at",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            encryption=dynamodb.TableEncryptionV2.customer_managed_key(key.key),
            deletion_protection=deployment.is_kept,
            removal_policy=deployment.keep,
        )
        self.alarms = [self._throttled("Read"), self._throttled("Write")]

    def _throttled(self, what: str) -> Alarm:
        """Calls that the table did not take at once. `ThrottledRequests` has no figure of the whole table."""
        events = cloudwatch.Metric(
            namespace="AWS/DynamoDB",
            metric_name=f"{what}ThrottleEvents",
            dimensions_map={"TableName": self.table.table_name},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        about = f"the table throttles {what.lower()}s"
        return Alarm(f"table-{what.lower()}s-throttled", events, THROTTLED, about, False, *NO_BLIP)

    def consumed(self, what: str) -> cloudwatch.Metric:
        """Units of reading or writing that were used."""
        return cloudwatch.Metric(
            namespace="AWS/DynamoDB",
            metric_name=f"Consumed{what}CapacityUnits",
            dimensions_map={"TableName": self.table.table_name},
            period=FIVE_MINUTES,
            statistic="Sum",
        )

    @property
    def name(self) -> str:
        return self.table.table_name

    @property
    def stream_arn(self) -> str:
        assert self.table.table_stream_arn
        return self.table.table_stream_arn

    def grant(self, function: Grantee, *actions: str, on: tuple[Rows, ...]) -> None:
        """Grant these calls on rows of these partitions. A Scan has no leading key: nobody may scan.

        A function has one statement for each call, with the rows of all its grants together: what AWS judges an item
        of a transaction by is written nowhere, its own key, all keys of the transaction, or none. Two statements would
        refuse a transaction that touches rows of both, if it is all of them. For the same reason a transaction of
        puts and updates needs both on all of its partitions, and no put or update demands that there is a key.
        """
        for action in actions:
            if (function, action) not in self._rights:
                self._rights[function, action] = (function.allow(action, on=self.table.table_arn), set())
            statement, rows = self._rights[function, action]
            rows |= set(on)
            statement.add_condition("ForAllValues:StringLike", {LEADING_KEYS: sorted(rows)})
            if action not in IN_TRANSACTIONS:
                statement.add_condition("Null", {LEADING_KEYS: "false"})  # ForAllValues holds where there is none

    def trigger(self, function: LambdaFunction, *kinds: str, written_over: bool = False, **how: Any) -> None:
        """Call the function with new rows of these kinds, and grant it to read them.

        kinds: values of the rows' attribute `kind`. written_over: also with those that are put again over another form
        of theirs, such as an emptied one; what is put again as it stands comes to nobody.
        how: further properties of the AWS::Lambda::EventSourceMapping.
        """
        function.allow(*STREAM, on=self.stream_arn)
        of_table = f"{self.table.table_arn}/stream/*"
        function.allow("dynamodb:ListStreams", on=of_table)  # Lambda asks for it when it makes the mapping
        table = Stack.of(self).get_logical_id(self.table.node.default_child)  # type: ignore[arg-type]
        why = "The streams of the table: a stream's own name is of no use to a call that lists them."
        acknowledge(function.role, f"AwsSolutions-IAM5[Resource::<{table}.Arn>/stream/*]", why)
        events = ["INSERT", "MODIFY"] if written_over else ["INSERT"]
        only = {"eventName": events, "dynamodb": {"NewImage": {"kind": {"S": list(kinds)}}}}
        mapping = lambda_.CfnEventSourceMapping(
            function,
            "FromTable",
            function_name=function.function.function_arn,
            event_source_arn=self.stream_arn,
            filter_criteria={"filters": [{"pattern": json.dumps(only)}]},
            **how,
        )
        mapping.node.add_dependency(function.role)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8] if name else ""
