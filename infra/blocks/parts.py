"""What every part of the stack builds with: stage, code, key, table, secrets, and the address people reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.blocks.data_key import DataKey
from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import WEB_MB, LambdaFunction
from infra.blocks.secrets import Secrets
from infra.blocks.table import Table
from infra.deployment import Deployment


@dataclass(frozen=True, slots=True)
class Parts:
    """The shared constructs, made once."""

    deployment: Deployment
    code: lambda_.Code
    key: DataKey
    table: Table
    secrets: Secrets
    public_url: str

    def queue(self, scope: Construct, name: str, *, visibility_s: int, attempts: int) -> JobQueue:
        """A queue of work with its dead letters."""
        return JobQueue(
            scope, name, deployment=self.deployment, key=self.key, visibility_s=visibility_s, attempts=attempts
        )

    def function(
        self,
        scope: Construct,
        module: str,
        *,
        purpose: str,
        variables: Mapping[str, str],
        timeout_s: int,
        memory_mb: int = WEB_MB,
        reserved_concurrency: int | None = None,
        feeds_itself: bool = False,
    ) -> LambdaFunction:
        """A function that may use the key, and knows its stage."""
        function = LambdaFunction(
            scope,
            module,
            purpose=purpose,
            deployment=self.deployment,
            code=self.code,
            variables={"stage": self.deployment.stage, **variables},
            timeout_s=timeout_s,
            memory_mb=memory_mb,
            reserved_concurrency=reserved_concurrency,
            feeds_itself=feeds_itself,
        )
        function.role.add_to_policy(self.key.use())
        return function
