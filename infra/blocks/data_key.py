"""The one customer-managed key: a deployment's table, queues, secrets and files are encrypted with it."""

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.deployment import Deployment

SERVICES = ("dynamodb", "sqs", "secretsmanager", "s3")
USE = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")


class DataKey(Construct):
    """Rotated every year. A role may use it only through the services that hold our data, never on bytes of its own."""

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "DataKey")
        self.key = kms.Key(
            self,
            "Key",
            alias=f"alias/{deployment.named('data')}",
            description="Stadtdraht: table, queues, secrets and files",
            enable_key_rotation=True,
            removal_policy=deployment.keep,
        )

    def use(self) -> iam.PolicyStatement:
        """What every function may do with the key."""
        region = Stack.of(self).region
        return iam.PolicyStatement(
            actions=list(USE),
            resources=[self.key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": [f"{it}.{region}.amazonaws.com" for it in SERVICES]}},
        )
