"""What every route needs: the world, the caller's token, the body, and Meta's form for refusals."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web
from pydantic import ValidationError

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.world import World

WORLD: Final = web.AppKey("world", World)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_UTF8_ERROR: Final = "The body is not valid JSON."


def world_of(request: web.Request) -> World:
    return request.app[WORLD]


def bearer_of(request: web.Request) -> str:
    """The bearer token, or 190 when there is none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() not in {"bearer", "oauth"} or not token:
        token = request.query.get("access_token", "")
    if not token:
        raise Refused(190, "An access token is required.")
    return token.strip()


def token_of(request: web.Request) -> str:
    """The bearer token of a number; 190 also while the `revoke_token` fault is on."""
    token = bearer_of(request)
    if world_of(request).faults.knobs.revoke_token:
        raise Refused(190, "Error validating access token: the session has been invalidated.")
    return token


async def json_of(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise Refused(100, _UTF8_ERROR) from None
    if not isinstance(body, dict):
        raise Refused(100, "The body must be a JSON object.")
    return body


def base_url_of(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"


def refusal(world: World, refused: Refused) -> web.Response:
    world.ledger.refuse(refused.code)
    return web.json_response(refused.body(), status=refused.http_status)


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Graph errors in Meta's form; mistakes on the control routes as a 400 or 404 that says what is wrong."""
    try:
        return await handler(request)
    except Refused as refused:
        return refusal(world_of(request), refused)
    except ValidationError as wrong:
        mistakes = [f"{'.'.join(str(step) for step in mistake['loc'])}: {mistake['msg']}" for mistake in wrong.errors()]
        return web.json_response({"error": "; ".join(mistakes)}, status=400)
    except (ValueError, KeyError) as wrong:
        if not request.path.startswith("/_sim/"):
            raise
        status = 404 if isinstance(wrong, KeyError) else 400
        return web.json_response({"error": str(wrong).strip("'")}, status=status)
