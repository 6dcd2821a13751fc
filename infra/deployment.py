"""What one deployment may be told: the context of cdk.json, or `-c name=value` of the CDK command line."""

from dataclasses import dataclass
from typing import Any, Self

from aws_cdk import RemovalPolicy
from constructs import Node

LOCAL = "local"
REGION = "eu-central-1"
CRISIS_SENDERS = 100
NO_ACCOUNT = "000000000000"  # synthesized without credentials


@dataclass(frozen=True, slots=True)
class Deployment:
    """One stage of the product.

    public_url: address under which people reach it; empty means the API's own.
    crisis_senders: lanes of alerts that send at the same moment, reserved for them alone (docs/operations/scale.md).
    crisis_pollers: event pollers that always stand ready at the queue of alerts; 0: Lambda begins with five.
    """

    stage: str
    public_url: str
    alarm_email: str
    urgent_email: str
    crisis_senders: int
    crisis_pollers: int

    @classmethod
    def from_context(cls, node: Node) -> Self:
        def told(name: str, default: Any) -> Any:
            return default if (value := node.try_get_context(name)) is None else value

        return cls(
            stage=str(told("stage", "production")),
            public_url=str(told("public_url", "")).rstrip("/"),
            alarm_email=str(told("alarm_email", "")),
            urgent_email=str(told("urgent_email", "")),
            crisis_senders=int(told("crisis_senders", CRISIS_SENDERS)),
            crisis_pollers=int(told("crisis_pollers", 0)),
        )

    @property
    def stack_name(self) -> str:
        return f"Stadtdraht-{self.stage}"

    @property
    def is_local(self) -> bool:
        """Nothing in a local deployment is worth keeping."""
        return self.stage == LOCAL

    @property
    def keep(self) -> RemovalPolicy:
        """For what holds data or keys: it outlives the stack, but not a first deployment that failed half-way."""
        return RemovalPolicy.DESTROY if self.is_local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE

    def named(self, part: str) -> str:
        """A physical name that people meet in consoles and logs."""
        return f"stadtdraht-{self.stage}-{part}"
