"""Resumable uploads: where the example files of media headers come from."""

from aiohttp import web

from local.whatsapp.http_edge import token_of, world_of
from local.whatsapp.model.app import ID
from local.whatsapp.model.errors import Refused


async def begin(request: web.Request) -> web.StreamResponse:
    """`POST /{app_id}/uploads?file_name&file_length&file_type`."""
    _check_token(request)
    if request.match_info["node"] != ID:
        raise Refused(33, f"No application {request.match_info['node']}.")
    length = request.query.get("file_length", "")
    if not request.query.get("file_type") or not length.isdigit():
        raise Refused(100, "file_length and file_type are required.")
    return web.json_response({"id": world_of(request).uploads.begin(int(length))})


async def finish(request: web.Request) -> web.StreamResponse:
    """`POST /upload:<id>` with the raw bytes; the answer is the handle for `example.header_handle`."""
    _check_token(request)
    if not request.headers.get("Authorization", "").startswith("OAuth "):
        raise Refused(190, "An upload wants the token as `Authorization: OAuth`.")
    upload, offset = f"upload:{request.match_info['upload']}", request.headers.get("file_offset", "")
    return web.json_response({"h": world_of(request).uploads.finish(upload, await request.read(), offset)})


def _check_token(request: web.Request) -> None:
    if not world_of(request).numbers.knows_token(token_of(request)):
        raise Refused(190, "The access token is not known.")
