"""What one deployment may be told: the context of cdk.json, or `-c name=value` of the CDK command line."""

from dataclasses import dataclass
from typing import Any, Self

from aws_cdk import RemovalPolicy
from constructs import Node

from infra.blocks.alarm_topic import Recipients

LOCAL = "local"
REGION = "eu-central-1"
CRISIS_SENDERS = 100
CRISIS_PAGES = 50
NO_ACCOUNT = "000000000000"  # synthesized without credentials


@dataclass(frozen=True, slots=True)
class Deployment:
    """One stage of the product."""

    stage: str
    """Part of every name on AWS, such as `production`."""
    public_url: str
    """Address under which people reach it; empty: the API's own."""
    morning: Recipients
    """Hear of trouble in the morning; none: nobody."""
    urgent: Recipients
    """Are woken at any hour; none: those of the morning."""
    mail_sender: str
    """Address that mail to staff comes from; empty: none is sent."""
    crisis_senders: int
    """Lanes of alerts that send at the same moment, reserved for them alone (docs/operations/scale.md)."""
    crisis_pages: int
    """Requests to the crisis page at the same moment, reserved for it alone (docs/operations/scale.md)."""
    crisis_pollers: int
    """Event pollers that always stand ready at the queue of alerts; 0: Lambda begins with five."""

    @classmethod
    def from_context(cls, node: Node) -> Self:
        def setting(name: str, default: Any) -> Any:
            return default if (value := node.try_get_context(name)) is None else value

        def told(who: str) -> Recipients:
            """Each setting names one or several, with commas between."""
            kinds = ("email", "phone", "url", "slack")
            listed = (str(setting(f"{who}_{kind}", "")).replace(",", " ").split() for kind in kinds)
            return Recipients(*map(tuple, listed))

        return cls(
            stage=str(setting("stage", "production")),
            public_url=str(setting("public_url", "")).rstrip("/"),
            morning=told("alarm"),
            urgent=told("urgent"),
            mail_sender=str(setting("mail_sender", "")),
            crisis_senders=int(setting("crisis_senders", CRISIS_SENDERS)),
            crisis_pages=int(setting("crisis_pages", CRISIS_PAGES)),
            crisis_pollers=int(setting("crisis_pollers", 0)),
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
