"""`POST /{version}/{phone_number_id}/messages`, and what faults make of its answer."""

import asyncio
import socket
import struct

from aiohttp import web

from local.whatsapp.graph.sending import accept, mark_read
from local.whatsapp.http_edge import json_of, token_of, world_of
from local.whatsapp.model.errors import Refused
from local.whatsapp.model.world import World

_LOOK_S = 0.2


async def post_message(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    number = world.numbers.authorised_number(request.match_info["node"], token_of(request))
    body = await json_of(request)
    if "status" in body:
        return web.json_response(mark_read(world, number, body, world.now()))
    touched = world.faults.touches(number.phone_number_id)
    if touched and world.faults.happens(world.faults.knobs.fail_before_accept):
        raise Refused(2, "The service is temporarily unavailable; the message has not been accepted.")
    answer = web.json_response(accept(world, number, body, world.now()))
    fate = world.faults.fate_of_answer(number.phone_number_id)
    if touched and world.faults.knobs.latency_ms:
        await asyncio.sleep(world.faults.knobs.latency_ms / 1000)
    match fate:
        case "answer":
            return answer
        case "fail":
            raise Refused(131000, "Something went wrong after the message had been taken.")
        case "hang":
            await _hang(request, world)
        case "reset":
            _reset(request)
        case "cut":
            await _cut(request, answer.body)
    return answer


async def _hang(request: web.Request, world: World) -> None:
    """Until the client gives up, or the faults are cleared and the answer comes very late."""

    def is_there() -> bool:
        return request.transport is not None and not request.transport.is_closing()

    while is_there() and world.faults.knobs.hang and not world.live.ended:  # noqa: ASYNC110 - nothing to wait on
        await asyncio.sleep(_LOOK_S)


async def _cut(request: web.Request, body: object) -> None:
    """Half of an answer that promised to be whole."""
    whole = body if isinstance(body, bytes) else b"{}"
    half = web.StreamResponse(headers={"Content-Length": str(len(whole)), "Content-Type": "application/json"})
    await half.prepare(request)
    await half.write(whole[: len(whole) // 2])
    _reset(request)


def _reset(request: web.Request) -> None:
    """A real RST: the socket is closed without lingering."""
    if request.transport is None:
        return
    connection = request.transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
