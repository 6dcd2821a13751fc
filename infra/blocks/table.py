"""The one table (docs/data-model.md) and who may touch which of its rows."""

import json
from enum import StrEnum
from typing import Any

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.blocks.data_key import DataKey
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

GET, QUERY = "dynamodb:GetItem", "dynamodb:Query"
PUT, UPDATE = "dynamodb:PutItem", "dynamodb:UpdateItem"  # also as parts of a transaction
PUT_MANY = "dynamodb:BatchWriteItem"  # AWS knows no right to batches that only put: it covers deletions too
STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")


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
    NONCE = "*#NONCE#*"
    EVIDENCE = "*#EVIDENCE#*"
    ERASURES = "*#ERASURES"
    OPTED_OUT = "*#OPTED_OUT"
    CONVERSATIONS = "*#CONVERSATIONS"
    SAME_TEXT = "*#SAME#*"
    MEDIA_TROUBLE = "*#MEDIA_TROUBLE"
    HOLDS = "*#HOLDS"
    SWEEPS = "*#SWEEPS"
    STANDING = "*#STANDING"
    WINDOWS = "*#WINDOWS"
    LAMP = "*#LAMP"
    CASES = "*#CASES#*"
    OPEN_CASES = "*#OPEN_CASES"
    CASE = "*#CASE#*"
    CALLS = "*#CALLS"
    CALL = "*#CALL#*"


class Table(Construct):
    """On demand, with a stream of new rows, TTL, point-in-time recovery, and protection against deletion."""

    def __init__(self, scope: Construct, *, deployment: Deployment, key: DataKey) -> None:
        super().__init__(scope, "Table")
        self.table = dynamodb.TableV2(
            self,
            "Rows",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing=dynamodb.Billing.on_demand(),
            dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE,
            time_to_live_attribute="expires_at",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            encryption=dynamodb.TableEncryptionV2.customer_managed_key(key.key),
            deletion_protection=not deployment.is_local,
            removal_policy=deployment.keep,
        )

    @property
    def name(self) -> str:
        return self.table.table_name

    @property
    def stream_arn(self) -> str:
        assert self.table.table_stream_arn
        return self.table.table_stream_arn

    def grant(self, function: LambdaFunction, *actions: str, on: tuple[Rows, ...]) -> None:
        """Grant these calls on rows of these partitions. A Scan has no leading key: nobody may scan.

        A transaction of puts and updates is granted both on all of its partitions, whichever of its keys AWS looks at.
        """
        function.allow(
            *actions,
            on=self.table.table_arn,
            when={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": sorted(on)}},
        )

    def trigger(self, function: LambdaFunction, *kinds: str, written_over: bool = False, **how: Any) -> None:
        """Call the function with new rows of these kinds, and grant it to read them.

        kinds: values of the rows' attribute `kind`. written_over: also with those that are put again over another form
        of theirs, such as an emptied one; what is put again as it stands comes to nobody.
        how: further properties of the AWS::Lambda::EventSourceMapping.
        """
        function.allow(*STREAM, on=self.stream_arn)
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
