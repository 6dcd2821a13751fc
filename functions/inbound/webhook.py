"""Meta's webhook: verified over the raw bytes, every update stored once, and only then answered with 200."""

from base64 import b64decode
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import Status, StatusReport
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.envelope import ParsedEnvelope
from stadtdraht.domain.inbound.inbox import UNROUTED, UpdateKind
from stadtdraht.observability import count, logger
from stadtdraht.usecases.inbound.receive_webhook import receive_webhook, seems_to_be_metas

log = logger("inbound-webhook")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    if event["requestContext"]["http"]["method"] == "GET":
        return _handshake(event.get("queryStringParameters") or {}, adapters)
    raw = raw_body(event)
    brought = has_certificate(event, adapters.settings.webhook_client)
    found = receive_webhook(
        raw,
        event["headers"].get("x-hub-signature-256", "") if brought else "",
        datetime.now(UTC),
        app_secrets=adapters.secrets.app_secrets(),
        directory=adapters.directory,
        inbox=adapters.inbox,
    )
    if found is None:
        if seems_to_be_metas(raw, adapters.directory):
            count("WebhookSignatureWrong")
            log.warning("a signature that is not ours, and a number that is")
        return {"statusCode": 401, "body": "signature"}
    _report(found)
    return {"statusCode": 200, "body": ""}


def raw_body(event: dict[str, Any]) -> bytes:
    """The bytes that Meta signed; API Gateway hands on as base64 what it does not take for text."""
    body = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode()


def has_certificate(event: dict[str, Any], name: str) -> bool:
    """Whether the connection brought the certificate of this name, which API Gateway has verified; "" asks for none.

    The domain that demands one is not the only one that leads here (infra/blocks/own_domain.py).
    """
    certificate = event["requestContext"].get("authentication", {}).get("clientCert", {})
    subject = certificate.get("subjectDN", "").split(",")
    return not name or f"CN={name}" in {part.strip() for part in subject}


def _report(found: ParsedEnvelope) -> None:
    """Kept is not enough: what nobody understands or owns is counted, so that somebody looks."""
    if found.is_empty:
        count("WebhookProbe")
    unparsed = sum(update.kind is UpdateKind.UNPARSED for update in found.updates)
    unrouted = sum(update.town == UNROUTED for update in (*found.updates, *found.orphans))
    counts = {"WebhookUnparsed": unparsed, "WebhookUnrouted": unrouted, "WebhookUnknown": found.unknown}
    for name, value in counts.items():
        if value:
            count(name, value)
    for update in found.updates:
        log.info("stored", town=update.town, correlation=correlation.of_update(update.key), kind=update.kind)
    for town, report in found.statuses:
        _tell(town, report)
    for orphan in found.orphans:
        of_message, _, status = orphan.key.rpartition("#")
        log.info("status without our key", town=orphan.town, sent_as=correlation.sent_as(of_message), status=status)


def _tell(town: str, report: StatusReport) -> None:
    """Three lines for each recipient of a newsletter: not a word more than what one is followed by."""
    key, failed = report.key, report.status is Status.FAILED
    more: dict[str, Any] = {} if key.is_of_answer else {"cause": key.cause}
    if failed:
        more["code"] = report.code
    (log.warning if failed else log.info)(
        "status",
        town=town,
        correlation=correlation.of_delivery(key.cause, key.citizen_id),
        status=report.status,
        sent_as=correlation.sent_as(message_id(report.wamid)),
        **more,
    )


def _handshake(asked: dict[str, str], adapters: Adapters) -> dict[str, Any]:
    """Meta asks once, when the callback is set up: the challenge back, if it knows our token."""
    known = compare_digest(asked.get("hub.verify_token", "").encode(), adapters.secrets.verify_token().encode())
    if asked.get("hub.mode") == "subscribe" and known:
        return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": asked.get("hub.challenge", "")}
    return {"statusCode": 403, "body": "verify token"}
