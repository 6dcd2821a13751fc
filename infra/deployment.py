"""What one deployment may be told: the context of cdk.json, or `-c name=value` of the CDK command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aws_cdk import RemovalPolicy
from constructs import Node

from infra.blocks.alarm_topic import Recipients
from stadtdraht.settings import REGION

LOCAL = "local"
CRISIS_SENDERS, FEW_CRISIS_SENDERS = 100, 4
CRISIS_PAGES, FEW_CRISIS_PAGES = 50, 2
FEW = 2  # SQS hands a function at least two messages at the same time
METAS_CLIENT = "client.webhooks.fbclientcerts.com"  # Meta, mTLS for webhooks, 2026-09
NO_ACCOUNT = "000000000000"  # synthesized without credentials
NEED_EACH_OTHER = (
    ("domain", "domain_certificate"),
    ("webhook_domain", "webhook_certificate", "webhook_truststore", "domain"),
)


class WrongContext(ValueError):
    """What the deployment was told cannot be meant; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One stage of the product."""

    stage: str
    """Part of every name on AWS, such as `production`."""
    region: str
    """Of AWS."""
    small: bool
    """For trying things out: few reserved executions, urgent alarms only, and all of it goes with the stack."""
    version: str
    """What is deployed, as git describes it; empty: nobody says."""
    public_url: str
    """Address under which people reach it; empty: the API's own."""
    morning: Recipients
    """Hear of trouble in the morning; none: nobody."""
    urgent: Recipients
    """Are woken at any hour; none: those of the morning."""
    domain: str
    """Of the deployment's own, for people; with it the API's own address is closed."""
    domain_certificate: str
    """ARN in ACM."""
    webhook_domain: str
    """Another one, that only Meta can open; empty: webhooks come to where people come."""
    webhook_certificate: str
    """ARN in ACM."""
    webhook_truststore: str
    """s3:// address of the PEM file with the authority that signs Meta's client certificate."""
    budget_usd: int
    """What the account may cost in a month before `alarm_email` hears of it; 0: nobody looks."""
    mail_sender: str
    """Address that mail to staff comes from; empty: none is sent."""
    crisis_senders: int
    """Lanes of alerts that send at the same moment, reserved for them alone (docs/operations/scale.md)."""
    crisis_pages: int
    """Requests to the crisis page at the same moment, reserved for it alone (docs/operations/scale.md)."""
    crisis_pollers: int
    """Event pollers that always stand ready at the queue of alerts; 0: Lambda begins with five."""
    operators: tuple[str, ...]
    """ARNs of roles and people who may work with the command line; none: whom the account's own policies let."""
    table_name: str
    """A table that stands already, restored or kept, in place of the stack's own (docs/operations/recovery.md)."""

    @classmethod
    def from_context(cls, node: Node) -> Self:
        """What is said counts, empty or not said what `stages` of the context says of this stage, then the default."""

        def said(name: str) -> Any:
            return None if (value := node.try_get_context(name)) == "" else value

        stage = str(said("stage") or "production")
        stages: Mapping[str, Mapping[str, Any]] = said("stages") or {}
        of_stage = stages.get(stage, {})

        def setting(name: str, default: Any) -> Any:
            return of_stage.get(name, default) if (value := said(name)) is None else value

        def recipients(who: str) -> Recipients:
            """Each setting names one or several, with commas between."""
            kinds = ("email", "phone", "url", "slack")
            listed = (str(setting(f"{who}_{kind}", "")).replace(",", " ").split() for kind in kinds)
            return Recipients(*map(tuple, listed))

        domain = str(setting("domain", "")).lower()
        small = str(setting("small", default=False)).lower() == "true"
        told = cls(
            stage=stage,
            region=str(setting("region", REGION)),
            small=small,
            version=str(setting("version", "")),
            public_url=str(setting("public_url", f"https://{domain}" if domain else "")).rstrip("/"),
            domain=domain,
            domain_certificate=str(setting("domain_certificate", "")),
            webhook_domain=str(setting("webhook_domain", "")).lower(),
            webhook_certificate=str(setting("webhook_certificate", "")),
            webhook_truststore=str(setting("webhook_truststore", "")),
            morning=recipients("alarm"),
            urgent=recipients("urgent"),
            budget_usd=int(setting("budget_usd", 0)),
            mail_sender=str(setting("mail_sender", "")),
            crisis_senders=int(setting("crisis_senders", FEW_CRISIS_SENDERS if small else CRISIS_SENDERS)),
            crisis_pages=int(setting("crisis_pages", FEW_CRISIS_PAGES if small else CRISIS_PAGES)),
            crisis_pollers=int(setting("crisis_pollers", 0)),
            operators=tuple(str(setting("operators", "")).replace(",", " ").split()),
            table_name=str(setting("table_name", "")),
        )
        told._refuse_halves()
        return told

    @property
    def stack_name(self) -> str:
        return f"Stadtdraht-{self.stage}"

    @property
    def webhook_client(self) -> str:
        """Whose certificate the webhook asks for."""
        return METAS_CLIENT if self.webhook_domain else ""

    @property
    def webhook_url(self) -> str:
        """Where Meta sends, when that is not where people come."""
        return f"https://{self.webhook_domain}" if self.webhook_domain else ""

    @property
    def is_local(self) -> bool:
        """The stage that runs on somebody's own machine."""
        return self.stage == LOCAL

    @property
    def is_kept(self) -> bool:
        """Whether anything in it is worth keeping when the stack is deleted."""
        return not (self.is_local or self.small)

    @property
    def keep(self) -> RemovalPolicy:
        """For what holds data or keys: it outlives the stack, but not a first deployment that failed half-way."""
        return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if self.is_kept else RemovalPolicy.DESTROY

    def at_once(self, executions: int) -> int:
        """A share of the account's concurrent executions; a small stage takes next to nothing from its neighbours."""
        return min(executions, FEW) if self.small else executions

    def _refuse_halves(self) -> None:
        """Raises WrongContext for a value that needs another one beside it."""
        if self.budget_usd and not self.morning.mails:
            raise WrongContext("budget_usd needs alarm_email beside it (docs/operations/deploy.md)")
        for name, *needs in NEED_EACH_OTHER:
            for other in needs:
                if getattr(self, name) and not getattr(self, other):
                    raise WrongContext(f"{name} needs {other} beside it (docs/operations/deploy.md)")

    def named(self, part: str) -> str:
        """A physical name that people meet in consoles and logs."""
        return f"stadtdraht-{self.stage}-{part}"
