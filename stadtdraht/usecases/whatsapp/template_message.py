"""A template message for the Cloud API's messages route: to one recipient, filled by name, with its delivery key."""

from collections.abc import Mapping
from typing import Any

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.domain.town import Template


def template_message(
    template: Template, words: Mapping[str, str], recipient: Recipient, key: DeliveryKey, image_url: str = ""
) -> Mapping[str, Any]:
    """The body for Meta. image_url: of the picture, for a template that has one; Meta fetches it there.

    Raises KeyError for a variable without words. Source: Meta, Template messages and Business-scoped user ids, 2026-09.
    """
    parameters = [{"type": "text", "parameter_name": name, "text": words[name]} for name in template.variables]
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **addressed(recipient),
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": [*_header(template, image_url), {"type": "body", "parameters": parameters}],
        },
        "biz_opaque_callback_data": str(key),
    }


def addressed(recipient: Recipient) -> dict[str, Any]:
    """To the phone number where we know it, else to the BSUID."""
    phone, user_id = recipient.identity.phone, recipient.identity.user_id
    return {"to": f"+{phone}"} if phone else {"recipient": user_id}


def _header(template: Template, image_url: str) -> list[dict[str, Any]]:
    if not template.picture:
        return []
    return [{"type": "header", "parameters": [{"type": "image", "image": {"link": image_url}}]}]
