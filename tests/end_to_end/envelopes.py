"""Webhook envelopes as Meta sends them, for a strict sender's hands."""

import time
from typing import Any


def envelope(number: dict[str, str], **value: Any) -> dict[str, Any]:
    """One envelope with one change of the field `messages` for a town's number (run.json's entry)."""
    return {"object": "whatsapp_business_account", "entry": [entry(number, **value)]}


def entry(number: dict[str, str], **value: Any) -> dict[str, Any]:
    metadata = {
        "display_phone_number": number["display_phone_number"],
        "phone_number_id": number["phone_number_id"],
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return {"id": number["waba_id"], "changes": [{"field": "messages", "value": value}]}


def message(wamid: str, sender: str = "4915155500001", **fields: Any) -> dict[str, Any]:
    """A text of a person with a phone number, unless the fields say otherwise."""
    base = {"from": sender, "id": wamid, "timestamp": str(int(time.time()))}
    if "type" not in fields:
        base |= {"type": "text", "text": {"body": "Guten Tag"}}
    return base | fields


def contact(sender: str = "4915155500001", name: str = "Probe") -> dict[str, Any]:
    return {"profile": {"name": name}, "wa_id": sender, "user_id": f"DE.{sender}"}
