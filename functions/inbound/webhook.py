"""Meta's webhook: verified over the raw bytes, every update stored once, and only then answered with 200."""

from base64 import b64decode
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from stadtdraht import bootstrap
from stadtdraht.domain.envelope import Sorted, sort_out
from stadtdraht.domain.inbox import UNROUTED, UpdateKind
from stadtdraht.domain.signature import is_signed
from stadtdraht.observability import count, logger

log = logger("inbound-webhook")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    if event["requestContext"]["http"]["method"] == "GET":
        return _handshake(event.get("queryStringParameters") or {})
    body = event.get("body") or ""
    raw = b64decode(body) if event.get("isBase64Encoded") else body.encode()
    if not is_signed(raw, event["headers"].get("x-hub-signature-256", ""), bootstrap.secrets().app_secrets()):
        count("WebhookSignatureWrong")
        return {"statusCode": 401, "body": "signature"}
    directory = bootstrap.directory()
    found = sort_out(
        raw,
        datetime.now(UTC),
        town_of_number=directory.town_of_number,
        town_of_account=directory.town_of_account,
    )
    bootstrap.inbox().store(found.updates, found.statuses, found.orphans)
    _report(found)
    return {"statusCode": 200, "body": ""}


def _report(found: Sorted) -> None:
    """Kept is not enough: what nobody understands or owns is counted, so that somebody looks."""
    unparsed = sum(update.kind is UpdateKind.UNPARSED for update in found.updates)
    unrouted = sum(update.town == UNROUTED for update in (*found.updates, *found.orphans))
    for name, value in (("WebhookUnparsed", unparsed), ("WebhookUnrouted", unrouted)):
        if value:
            count(name, value)
    log.info("stored", updates=len(found.updates), statuses=len(found.statuses), orphans=len(found.orphans))


def _handshake(asked: dict[str, str]) -> dict[str, Any]:
    """Meta asks once, when the callback is set up: the challenge back, if it knows our token."""
    known = compare_digest(asked.get("hub.verify_token", "").encode(), bootstrap.secrets().verify_token().encode())
    if asked.get("hub.mode") == "subscribe" and known:
        return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": asked.get("hub.challenge", "")}
    return {"statusCode": 403, "body": "verify token"}
