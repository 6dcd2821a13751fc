"""Resumable uploads: where the example files of media headers come from (section 8.2)."""

import secrets

from aiohttp import web

from local.whatsapp.errors import Refused
from local.whatsapp.http_edge import token_of, world_of


async def begin(request: web.Request) -> web.StreamResponse:
    """`POST /{app_id}/uploads?file_name&file_length&file_type`."""
    _check_token(request)
    if not request.query.get("file_type") or not request.query.get("file_length", "").isdigit():
        raise Refused(100, "file_length and file_type are required.")
    return web.json_response({"id": f"upload:{secrets.token_urlsafe(24)}"})


async def finish(request: web.Request) -> web.StreamResponse:
    """`POST /upload:<id>` with the raw bytes; the answer is the handle for `example.header_handle`."""
    _check_token(request)
    if not await request.read():
        raise Refused(100, "The body must be the file.")
    return web.json_response({"h": f"4:{secrets.token_urlsafe(48)}"})


def _check_token(request: web.Request) -> None:
    if not world_of(request).numbers.knows_token(token_of(request)):
        raise Refused(190, "The access token is not known.")
