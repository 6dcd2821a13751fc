"""From outside: the public address, the handshake, and a signature that goes the whole way of Meta's webhooks."""

from __future__ import annotations

import hashlib
import hmac
import secrets as random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.inbound.signature import PREFIX
from stadtdraht.domain.operations.address import (
    PROBE,
    address_check,
    app_secret_check,
    certificate_check,
    clock_check,
    handshake_check,
    signature_checks,
)
from stadtdraht.domain.operations.finding import Finding, Remedy
from stadtdraht.usecases.operations.look import looked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stadtdraht.ports.operations import PublicAddress
    from stadtdraht.ports.towns import Secrets

WEBHOOK = "/webhooks/whatsapp"


def utc_now() -> datetime:
    return datetime.now(UTC)


def look_at_address(
    url: str, address: PublicAddress, secrets: Secrets, *, client: str = "", clock: Callable[[], datetime] = utc_now
) -> Iterator[Finding]:
    """Harmless to repeat: what it posts holds nothing, so that nothing is stored. `client`: whose certificate the
    webhook asks for; "": nobody's.
    """
    yield from looked(f"address {url}", lambda: _answers(url, address, clock), Remedy.NO_ANSWER)
    yield from looked("verify token", lambda: _handshake(address, secrets), Remedy.SECRETS)
    yield from looked("app secret", lambda: [app_secret_check(secrets.app_secrets())], Remedy.SECRETS)
    yield from looked("signature", lambda: _signatures(address, secrets, client), Remedy.SECRETS)


def _answers(url: str, address: PublicAddress, clock: Callable[[], datetime]) -> Iterator[Finding]:
    asked = clock()
    answer = address.get("/healthz")
    answered = clock()
    yield address_check(url, answer)
    yield clock_check(asked, answered, answer.at)


def _handshake(address: PublicAddress, secrets: Secrets) -> Iterator[Finding]:
    challenge = random.token_hex(8)

    def asked(token: str) -> dict[str, str]:
        return {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token}

    right = address.get(WEBHOOK, asked(secrets.verify_token()))
    yield handshake_check(right, address.get(WEBHOOK, asked(random.token_hex(16))), challenge)


def _signatures(address: PublicAddress, secrets: Secrets, client: str) -> Iterator[Finding]:
    def posted(secret: str) -> str:
        return PREFIX + hmac.new(secret.encode(), PROBE, hashlib.sha256).hexdigest()

    ours = [address.post(WEBHOOK, PROBE, posted(secret)) for secret in secrets.app_secrets()]
    if client:
        yield certificate_check(client, ours)
    else:
        yield from signature_checks(ours, address.post(WEBHOOK, PROBE, posted(random.token_hex(16))))
