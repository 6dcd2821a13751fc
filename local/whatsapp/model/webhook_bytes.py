"""A webhook as Meta puts it on the wire: envelope, escaping, signature."""

import hashlib
import hmac
import json
from typing import Any


def envelope(waba_id: str, changes: list[dict[str, Any]], time: int | None = None) -> dict[str, Any]:
    """Section 2.1. `time` stands on account and template fields only."""
    entry: dict[str, Any] = {"id": waba_id, "changes": changes}
    if time is not None:
        entry["time"] = time
    return {"object": "whatsapp_business_account", "entry": [entry]}


def on_the_wire(payload: dict[str, Any]) -> bytes:
    r"""Meta's spelling of JSON: pure ASCII, `ü` as `\u00fc` in lowercase hex, `/` as `\/`.

    A receiver that parses and writes again gets other bytes and so another signature, as with Meta.
    """
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signature(app_secret: str, body: bytes) -> str:
    """The value of `X-Hub-Signature-256`: an HMAC with the app secret over the raw body."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
