"""Answers of HTTP functions in API Gateway's payload format 2.0, with the headers every answer carries."""

import json
from typing import Any

HttpResponse = dict[str, Any]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
NOT_KEPT = "no-store"


def html(status: int, text: str, *, cache: str = NOT_KEPT, again_after_s: int = 0, again_at: str = "") -> HttpResponse:
    """A page. `cache` is its Cache-Control: pages are kept nowhere unless they say so.

    again_after_s: the browser asks for it again by itself, without a script; only for readers who asked for that, or
    once where what it says is over by then. again_at: another address that it asks for instead.
    """
    at = f"; url={again_at}" if again_at else ""
    again = {"Refresh": f"{again_after_s}{at}"} if again_after_s else {}
    return _response(status, text, "text/html; charset=utf-8", {"Cache-Control": cache, **again})


def cap(status: int, text: str, *, cache: str = NOT_KEPT) -> HttpResponse:
    """A message of the Common Alerting Protocol. The same address gives a page to who asks for one."""
    return _response(status, text, "application/cap+xml; charset=utf-8", {"Cache-Control": cache, "Vary": "Accept"})


def file(name: str, content_type: str, as_base64: str) -> HttpResponse:
    """A file to be saved; kept nowhere on the way."""
    saved = {"Cache-Control": NOT_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return {**_response(200, as_base64, content_type, saved), "isBase64Encoded": True}


def contact(name: str, text: str, *, cache: str = NOT_KEPT) -> HttpResponse:
    """A vCard to be saved."""
    saved = {"Cache-Control": cache, "Content-Disposition": f'attachment; filename="{name}"'}
    return _response(200, text, "text/vcard; charset=utf-8", saved)


def csv(name: str, text: str) -> HttpResponse:
    """A table to be saved."""
    saved = {"Cache-Control": NOT_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return _response(200, text, "text/csv; charset=utf-8", saved)


def as_json(status: int, value: Any, *, cache: str = NOT_KEPT) -> HttpResponse:
    """A JSON answer for machines."""
    return _response(status, json.dumps(value, ensure_ascii=False), "application/json", {"Cache-Control": cache})


def see_other(url: str) -> HttpResponse:
    """After a form was posted: look at the result there, so that reloading posts nothing again."""
    return _response(303, "", "text/plain", {"Cache-Control": NOT_KEPT, "Location": url})


def redirect(url: str) -> HttpResponse:
    """To a page of somebody else's, who learns nothing of where it came from; asked anew each time."""
    return _response(302, "", "text/plain", {"Cache-Control": NOT_KEPT, "Location": url})


def _response(status: int, body: str, content_type: str, headers: dict[str, str]) -> HttpResponse:
    return {"statusCode": status, "headers": {**SECURITY, "Content-Type": content_type, **headers}, "body": body}
