"""Envelopes as Meta sends them at a launch peak: people write, and what the town answered comes back as statuses."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

SECRET = "app-secret-of-the-benchmark"
TOWNS = ("arnsberg", "bocholt", "neu-ulm", "vreden")
AT_S = 1_795_772_000  # 2026-11-27; the handler's own clock is only asked whether this is plausible
TEXTS = ("Hallo", "Wann hat das Bürgerbüro offen?", "Die Laterne vor der Löwen-Apotheke flackert seit Tagen 🔦", "STOP")


def envelope(count: int, at_s: int = AT_S, first: int = 0) -> bytes:
    """Signed content: `count` updates for four towns, every second one a status. Numbered, so that none is twice."""
    entries: dict[str, dict[str, Any]] = {}
    for number in range(first, first + count):
        town = TOWNS[number % len(TOWNS)]
        value = entries.setdefault(town, _value(town))
        if number // len(TOWNS) % 2 == 0:
            value["contacts"].append(_contact(number))
            value["messages"].append(_message(number, at_s))
        else:
            value["statuses"].append(_status(number, town, at_s))
    changes = [{"id": f"account-{town}", "changes": [_change(value)]} for town, value in entries.items()]
    body = {"object": "whatsapp_business_account", "entry": changes}
    return json.dumps(body, separators=(",", ":")).encode()  # Meta escapes what is not ASCII, as json does


def event(raw: bytes) -> dict[str, Any]:
    """The envelope as API Gateway hands it to the function."""
    return {
        "requestContext": {"http": {"method": "POST"}},
        "headers": {"x-hub-signature-256": signature(raw)},
        "body": raw.decode(),
        "isBase64Encoded": False,
    }


def signature(raw: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def updates_in(body: Any) -> Iterator[tuple[str, Any]]:
    """Town's number and update, as the floor takes an envelope apart."""
    for entry in body["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            for update in (*value.get("messages", ()), *value.get("statuses", ())):
                yield value["metadata"]["phone_number_id"], update


def _value(town: str) -> dict[str, Any]:
    metadata = {"display_phone_number": "492871000000", "phone_number_id": f"number-{town}"}
    empty = {"contacts": [], "messages": [], "statuses": []}
    return {"messaging_product": "whatsapp", "metadata": metadata, **empty}


def _change(value: dict[str, Any]) -> dict[str, Any]:
    """Meta leaves lists out that would be empty."""
    return {"field": "messages", "value": {name: part for name, part in value.items() if part}}


def _contact(number: int) -> dict[str, Any]:
    return {"profile": {"name": f"Person {number}"}, "wa_id": _phone(number), "user_id": _user(number)}


def _message(number: int, at_s: int) -> dict[str, Any]:
    return {
        "from": _phone(number),
        "from_user_id": _user(number),
        "id": f"wamid.{number:048d}",
        "timestamp": str(at_s),
        "type": "text",
        "text": {"body": TEXTS[number // 8 % len(TEXTS)]},
    }


def _status(number: int, town: str, at_s: int) -> dict[str, Any]:
    citizen = hashlib.sha256(str(number).encode()).hexdigest()[:20]
    return {
        "id": f"wamid.{number:048d}",
        "status": "delivered",
        "timestamp": str(at_s),
        "recipient_id": _phone(number),
        "recipient_user_id": _user(number),
        "biz_opaque_callback_data": f"sd1:{town}-n-20261127-4f7k2p:{citizen}:1",
        "pricing": {"billable": True, "pricing_model": "PMP", "category": "utility", "type": "regular"},
    }


def _phone(number: int) -> str:
    return f"49151{number:08d}"


def _user(number: int) -> str:
    return f"DE.{number:016d}"
