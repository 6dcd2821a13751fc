"""The one message a person gets of an alert: an approved template filled with the alert's own words, or its text."""

from collections.abc import Mapping
from typing import Any

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.lint import NOTHING
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.domain.town import Template
from stadtdraht.usecases.whatsapp.template_message import addressed, template_message


def alert_message(alert: Alert, template: Template, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
    """The body for Meta's messages route, in the template's language."""
    return template_message(template, _words(alert, template), recipient, _key(alert, recipient, attempt))


def alert_text(alert: Alert, template: Template, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
    """The same words as free text, which WhatsApp carries within the person's service window only."""
    body = f"{template.filled(_words(alert, template))}\n\n{template.footer}"
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **addressed(recipient),
        "type": "text",
        "text": {"body": body.strip(), "preview_url": False},
        "biz_opaque_callback_data": str(_key(alert, recipient, attempt)),
    }


def _words(alert: Alert, template: Template) -> Mapping[str, str]:
    _, parts = alert.wording_for(template.speaks)
    return {name: parts.get(name) or NOTHING for name in template.variables}


def _key(alert: Alert, recipient: Recipient, attempt: int) -> DeliveryKey:
    return DeliveryKey(alert.alert_id, recipient.citizen_id, attempt, one_name=not recipient.identity.is_whole)
