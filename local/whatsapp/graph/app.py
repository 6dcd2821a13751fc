"""The app itself: who it is, where its webhooks go, what its tokens may. Source: Meta, Graph API, 2026-09."""

from aiohttp import web

from local.whatsapp.http_edge import bearer_of, token_of, world_of
from local.whatsapp.model.errors import Refused


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /app`: the application that the token belongs to."""
    world = world_of(request)
    if not world.numbers.knows_token(token_of(request)):
        raise Refused(190, "The access token is not known.")
    return web.json_response(world.app.as_node())


async def subscriptions(request: web.Request) -> web.StreamResponse:
    """`GET /{app_id}/subscriptions`, for the app alone: its token is its id and its secret."""
    _authorised(request)
    app = world_of(request).app
    if request.match_info["node"] != app.as_node()["id"]:
        raise Refused(33, f"No application {request.match_info['node']}.")
    return web.json_response({"data": app.as_subscriptions()})


async def debug_token(request: web.Request) -> web.StreamResponse:
    """`GET /debug_token?input_token=…`; a token that was revoked is told to be invalid, which is no error."""
    _authorised(request)
    world, asked = world_of(request), request.query.get("input_token", "")
    known = world.numbers.knows_token(asked) and not world.faults.knobs.revoke_token
    return web.json_response({"data": world.app.as_token(known=known)})


def _authorised(request: web.Request) -> None:
    if bearer_of(request) != world_of(request).app.own_token:
        raise Refused(190, "Invalid OAuth access token signature.")
