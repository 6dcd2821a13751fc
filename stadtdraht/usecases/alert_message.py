"""The one message a person gets of an alert: the approved template, filled with the alert's own words."""

from collections.abc import Mapping
from typing import Any

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery import DeliveryKey
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Template, Town

NOT_SAID = "–"  # Meta refuses an empty parameter (132012); a part that the alert does not have


class NoCrisisTemplate(StadtdrahtError):
    """The town has no template for alerts in its settings."""

    def __init__(self, town: str) -> None:
        super().__init__(f"{town} has no crisis template; name one in its town file and apply it")


def alert_message(alert: Alert, town: Town, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
    """The body for Meta's messages route, in the reader's language where alert and template have it.

    Sent to the phone number where we know it, else to the BSUID. Raises NoCrisisTemplate.
    Source: Meta, Template messages and Business-scoped user ids, 2026-09.
    """
    template = _template(alert, town, recipient.language)
    _, parts = alert.wording_for(template.language)
    phone, user_id = recipient.identity.phone, recipient.identity.user_id
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **({"to": f"+{phone}"} if phone else {"recipient": user_id}),
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "parameter_name": name, "text": parts.get(name) or NOT_SAID}
                        for name in template.variables
                    ],
                }
            ],
        },
        "biz_opaque_callback_data": str(DeliveryKey(alert.alert_id, recipient.citizen_id, attempt)),
    }


def _template(alert: Alert, town: Town, language: str) -> Template:
    worded, _ = alert.wording_for(language)
    for name in town.crisis_templates:
        if template := town.template(name, worded):
            return template
    raise NoCrisisTemplate(town.id)
