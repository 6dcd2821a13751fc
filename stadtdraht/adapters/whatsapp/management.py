"""One request to the Graph API's management routes. Source: Meta, Business Management API, 2026-09."""

import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx

from stadtdraht.domain.whatsapp.account import MetaRefused

TIMEOUT_S = 20


@cache
def trusted() -> ssl.SSLContext:
    """Whom we trust, read once: reading it costs more than a request."""
    return httpx.create_ssl_context()


def ask(what: str, method: str, address: str, token: str, **rest: Any) -> Mapping[str, Any]:
    """Meta's answer. Raises MetaRefused, also when there is no clear one; no error carries the token.

    `what`: for the error, in words. `rest`: of httpx.request; headers of its own take the place of the token's.
    """
    headers = {"headers": {"Authorization": f"Bearer {token}"}}
    try:
        answer = httpx.request(method, address, timeout=TIMEOUT_S, verify=trusted(), **(headers | rest))
        value = answer.json()
    except (httpx.HTTPError, ValueError) as why:
        host = httpx.URL(address).netloc.decode()
        raise MetaRefused(what, 0, f"no clear answer from {host} ({type(why).__name__})") from why
    if answer.is_error:
        error = value.get("error") or {}
        raise MetaRefused(what, int(error.get("code", answer.status_code)), _said(error))
    return dict(value)


def _said(error: Mapping[str, Any]) -> str:
    """All that Meta says of a refusal: `message` alone is "Invalid parameter" for every mistake in a template."""
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, Mapping) else ""
    parts = (error.get("message"), error.get("error_user_title"), error.get("error_user_msg"), details)
    said = ": ".join(dict.fromkeys(str(part) for part in parts if part))
    return f"{said} (error_subcode {error['error_subcode']})" if error.get("error_subcode") else said
