"""Meta's signature of a webhook: HMAC-SHA-256 over the raw bytes. Source: Meta, Webhooks, 2026-09."""

import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "sha256="


def is_signed(raw: bytes, header: str, app_secrets: Sequence[str]) -> bool:
    """Whether any of the secrets in force signed these bytes; compared in constant time."""
    if not header.startswith(PREFIX):
        return False
    given = header.removeprefix(PREFIX).strip().lower().encode()
    matches = [
        hmac.compare_digest(hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest().encode(), given)
        for secret in app_secrets
    ]
    return any(matches)
