"""What every page of the console answers with: its headers, compressed, 304 where nothing is new."""

import base64
import gzip
import hashlib
from typing import Final

from functions.console.web.request import Request
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse, html

WORTH_COMPRESSING: Final = 512  # bytes
LEVEL: Final = 6
TEXTUAL: Final = ("text/", "application/json", "image/svg+xml")


def compressed(answer: HttpResponse, request: Request) -> HttpResponse:
    """API Gateway compresses nothing by itself."""
    body, headers = answer.get("body") or "", answer["headers"]
    if (
        answer.get("isBase64Encoded")
        or "gzip" not in request.headers.get("accept-encoding", "")
        or not headers.get("Content-Type", "").startswith(TEXTUAL)
        or len(body) < WORTH_COMPRESSING
    ):
        return answer
    packed = gzip.compress(body.encode(), LEVEL, mtime=0)
    return {
        **answer,
        "headers": {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
        "body": base64.b64encode(packed).decode(),
        "isBase64Encoded": True,
    }


def fragment(text: str, request: Request) -> HttpResponse:
    """A part of a page for the script that asks every few seconds; 304 when it looks as it did."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    answer = console_html(200, text)
    answer["headers"] |= {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == etag:
        return {**answer, "statusCode": 304, "body": ""}
    return answer


def console_html(status: int, text: str) -> HttpResponse:
    """A page of the console. Its sheet, script and pictures come from our own address, and nothing from elsewhere."""
    answer = html(status, text)
    answer["headers"]["Content-Security-Policy"] = POLICY
    return answer


def with_files_from(origin: str, answer: HttpResponse) -> HttpResponse:
    """Lets the page show citizens' files from there, too; "" where they come over https."""
    policy = answer["headers"].get("Content-Security-Policy", "")
    if origin and policy:
        answer["headers"]["Content-Security-Policy"] = policy.replace(" https:", f" https: {origin}")
    return answer


def not_found() -> HttpResponse:
    return console_html(404, render_console("not_found.html"))


def not_from_our_pages() -> HttpResponse:
    return console_html(403, render_console("not_ours.html"))


POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https:; media-src 'self' https:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
