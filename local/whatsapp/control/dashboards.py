"""The dashboards beside the phones: answered by the process that measures, and handed through here."""

import aiohttp
from aiohttp import web
from yarl import URL

from local.whatsapp.http_edge import world_of

ANSWERS_WITHIN_S = 10


async def pass_on(request: web.Request) -> web.StreamResponse:
    """The same page from there; a sentence where nobody measures."""
    base = world_of(request).config.dashboards_url
    if not base:
        return web.Response(status=404, text="Nobody measures here: the phones run alone.")
    page = request.match_info.get("page", "")
    address = URL(f"{base}/{page}" if page else base).with_query(request.query)
    timeout = aiohttp.ClientTimeout(total=ANSWERS_WITHIN_S)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                content_type=answer.content_type,
                charset=answer.charset,
                headers={"Cache-Control": "no-store"},
            )
    except (aiohttp.ClientError, TimeoutError):
        return web.Response(status=503, text="The process that measures does not answer.")
