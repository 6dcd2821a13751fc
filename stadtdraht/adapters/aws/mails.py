"""Port Mails on SES: plain text, from the one address of the deployment."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.mail import Mail


@dataclass(frozen=True, slots=True)
class SesMails:
    """sender: a mail address; "" where the deployment has none (docs/operations/deploy.md)."""

    client: Any
    sender: str

    def send(self, mail: Mail) -> None:
        if not self.sender:
            raise MailRefused("kein Absender eingerichtet")
        content = {
            "Simple": {
                "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": mail.text, "Charset": "UTF-8"}},
            }
        }
        try:
            self.client.send_email(
                FromEmailAddress=self.sender,
                Destination={"ToAddresses": [mail.to]},
                Content=content,
            )
        except (BotoCoreError, ClientError) as error:  # an address or domain that SES does not take, or no SES at all
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
            raise MailRefused(code) from error
