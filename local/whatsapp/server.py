"""The web application: Graph API, control routes and the phone page in one process."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web

from local.whatsapp import (
    control,
    control_citizens,
    graph_media,
    graph_messages,
    graph_nodes,
    graph_templates,
    graph_uploads,
    state,
)
from local.whatsapp.config import Config
from local.whatsapp.http_edge import WORLD, answer_refusals
from local.whatsapp.webhook_bytes import signature
from local.whatsapp.world import World, folder

_PAGE: Final = Path(__file__).parent / "page"
_LARGEST_UPLOAD_BYTES: Final = 101_000_000
_NODE: Final = r"/{version:v\d+\.\d+}/{node:\w+}"


def create_app(config: Config, clock: Callable[[], float] = time.time) -> web.Application:
    """One simulated WhatsApp. `clock` gives Unix seconds; `app[WORLD]` is its state, for tests."""
    app = web.Application(middlewares=[answer_refusals], client_max_size=_LARGEST_UPLOAD_BYTES)
    poster = _Poster(config)
    app[WORLD] = World(config, poster.post, clock)
    app.on_shutdown.append(_end_streams)
    app.cleanup_ctx.append(_lifetime(config, poster))
    app.add_routes(_graph_routes())
    app.add_routes(_control_routes())
    app.add_routes([web.get("/", _index), web.static("/page", _PAGE)])
    return app


async def _end_streams(app: web.Application) -> None:
    app[WORLD].live.end()


class _Poster:
    """Posts webhooks to the one callback address."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None

    async def post(self, body: bytes) -> int | None:
        """The HTTP status; None when nobody answered in time."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature(self._config.app_secret, body),
        }
        try:
            async with self.session().post(self._config.webhook_url, data=body, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None

    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._config.webhook_timeout_s)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _lifetime(config: Config, poster: _Poster) -> Callable[[web.Application], AsyncIterator[None]]:
    async def live(app: web.Application) -> AsyncIterator[None]:
        world = app[WORLD]
        kept = folder(config)
        if kept is not None:
            state.load(world, kept)
        workers = [asyncio.create_task(world.queue.work()) for _ in range(config.posts_in_flight)]
        workers.append(asyncio.create_task(world.run()))
        yield
        for worker in workers:
            worker.cancel()
        for worker in workers:
            with contextlib.suppress(asyncio.CancelledError):
                await worker
        await poster.close()
        if kept is not None:
            state.save(world, kept)

    return live


def _graph_routes() -> list[web.RouteDef]:
    return [
        web.post(_NODE + "/messages", graph_messages.post_message),
        web.post(_NODE + "/media", graph_media.upload),
        web.get("/whatsapp_business/attachments/", graph_media.download),
        web.post(_NODE + "/message_templates", graph_templates.create),
        web.get(_NODE + "/message_templates", graph_templates.list_all),
        web.delete(_NODE + "/message_templates", graph_templates.delete),
        web.get(_NODE + "/phone_numbers", graph_nodes.phone_numbers),
        web.route("*", _NODE + "/subscribed_apps", graph_nodes.subscribed_apps),
        web.get(r"/{version:v\d+\.\d+}/app", graph_uploads.app),
        web.post(_NODE + "/uploads", graph_uploads.begin),
        web.post(r"/{version:v\d+\.\d+}/upload:{upload}", graph_uploads.finish),
        web.get(_NODE, graph_nodes.get_node),
        web.post(_NODE, graph_nodes.post_node),
        web.delete(_NODE, graph_nodes.delete_node),
        web.route("*", r"/{version:v\d+\.\d+}/{rest:.*}", graph_nodes.unknown_path),
    ]


def _control_routes() -> list[web.RouteDef]:
    citizen = "/_sim/citizens/{citizen}"
    return [
        web.get("/_sim/numbers", control.list_numbers),
        web.put("/_sim/numbers/{phone_number_id}", control.put_number),
        web.get("/_sim/messages", control.messages),
        web.get("/_sim/stats", control.stats),
        web.get("/_sim/faults", control.get_faults),
        web.post("/_sim/faults", control.set_faults),
        web.delete("/_sim/faults", control.clear_faults),
        web.get("/_sim/templates", control.list_templates),
        web.post("/_sim/templates/{template_id}", control.set_template_status),
        web.post("/_sim/webhooks", control.other_webhook),
        web.get("/_sim/citizens", control_citizens.list_all),
        web.post("/_sim/citizens", control_citizens.create),
        web.post(citizen + "/messages", control_citizens.say),
        web.get(citizen + "/chat", control_citizens.chat),
        web.post(citizen + "/look", control_citizens.look),
        web.post(citizen + "/number", control_citizens.change_number),
        web.post(citizen + "/preferences", control_citizens.prefer),
        web.get("/_sim/media/{media_id}", control_citizens.medium),
        web.get("/_sim/events", control_citizens.events),
        web.post("/_sim/webhook/verify", _verify),
    ]


async def _index(request: web.Request) -> web.StreamResponse:
    del request
    return web.FileResponse(_PAGE / "index.html", headers={"Cache-Control": "no-cache"})


async def _verify(request: web.Request) -> web.StreamResponse:
    """The handshake Meta makes when a callback is set (section 1.1)."""
    world = request.app[WORLD]
    challenge = str(int(world.now() * 1000))
    asked = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": world.config.verify_token,
    }
    timeout = aiohttp.ClientTimeout(total=world.config.webhook_timeout_s)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(world.config.webhook_url, params=asked) as answer,
        ):
            verified = answer.status == 200 and await answer.text() == challenge  # noqa: PLR2004
            return web.json_response({"verified": verified, "status": answer.status})
    except (aiohttp.ClientError, TimeoutError):
        return web.json_response({"verified": False, "status": None})
