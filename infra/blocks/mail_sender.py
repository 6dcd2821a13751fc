"""Mail to staff and departments, by SES from one address of the deployment's own."""

from aws_cdk import Annotations
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.blocks.grantee import Grantee
from infra.deployment import Deployment


class MailSender(Construct):
    """The domain of `mail_sender` as an identity of SES; its DNS proves it (docs/operations/deploy.md)."""

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "Mails")
        self.address = deployment.mail_sender
        self._identity: ses.EmailIdentity | None = None
        if not self.address:
            Annotations.of(self).add_warning_v2(
                "stadtdraht:no-mail", "No mail_sender: nobody is invited by mail or reminded of who waits."
            )
            return
        domain = self.address.rpartition("@")[2]
        self._identity = ses.EmailIdentity(self, "Identity", identity=ses.Identity.domain(domain))

    def grant_send(self, function: Grantee) -> None:
        """Grant sending from the domain of the address; nothing where there is none."""
        if self._identity:
            function.allow("ses:SendEmail", on=self._identity.email_identity_arn)
