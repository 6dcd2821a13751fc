"""What every page of the console answers with: its headers, compressed, 304 where nothing is new."""

import hashlib
from typing import Final

from functions.console.web.request import Request
from stadtdraht.pages import compression
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse, html


def compressed(answer: HttpResponse, request: Request) -> HttpResponse:
    return compression.compressed(answer, request.headers.get("accept-encoding"))


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
