"""The web application: Graph API, control routes and the phone page in one process."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web

from local.whatsapp.config import Config
from local.whatsapp.control import citizens, dashboards, mails, simulator
from local.whatsapp.graph import app as of_app
from local.whatsapp.graph import media, messages, nodes, templates, uploads
from local.whatsapp.http_edge import WORLD, answer_refusals
from local.whatsapp.model import state
from local.whatsapp.model.app import App
from local.whatsapp.model.webhook_bytes import signature
from local.whatsapp.model.world import World, folder

_PAGE: Final = Path(__file__).parent / "page"
_LARGEST_UPLOAD_BYTES: Final = 101_000_000
_NODE: Final = r"/{version:v\d+\.\d+}/{node:\w+}"


def create_app(config: Config, clock: Callable[[], float] = time.time) -> web.Application:
    """One simulated WhatsApp. `clock` gives Unix seconds; `app[WORLD]` is its state, for tests."""
    app = web.Application(middlewares=[answer_refusals], client_max_size=_LARGEST_UPLOAD_BYTES)
    poster = _Poster(config)
    app[WORLD] = World(config, poster.post, clock)
    poster.app = app[WORLD].app
    app.on_shutdown.append(_end_streams)
    app.cleanup_ctx.append(_lifetime(config, poster))
    app.add_routes(_graph_routes())
    app.add_routes(_control_routes())
    app.add_routes([web.get("/", _index), web.get("/mails", mails.shown), web.static("/page", _PAGE)])
    app.add_routes([web.get("/dashboards", dashboards.pass_on), web.get("/dashboards/{page}", dashboards.pass_on)])
    return app


async def _end_streams(app: web.Application) -> None:
    app[WORLD].live.end()


class _Poster:
    """Posts webhooks to the app's callback, signed with its secret."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None
        self.app = App.of(config)

    async def post(self, body: bytes) -> int | None:
        """The HTTP status; None when nobody answered in time."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature(self.app.secret, body),
        }
        try:
            async with self.session().post(self.app.callback_url, data=body, headers=headers) as answer:
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
        web.post(_NODE + "/messages", messages.post_message),
        web.post(_NODE + "/media", media.upload),
        web.get("/whatsapp_business/attachments/", media.download),
        web.post(_NODE + "/message_templates", templates.create),
        web.get(_NODE + "/message_templates", templates.list_all),
        web.delete(_NODE + "/message_templates", templates.delete),
        web.get(_NODE + "/phone_numbers", nodes.phone_numbers),
        web.route("*", _NODE + "/subscribed_apps", nodes.subscribed_apps),
        web.get(r"/{version:v\d+\.\d+}/app", of_app.show),
        web.get(r"/{version:v\d+\.\d+}/debug_token", of_app.debug_token),
        web.get(_NODE + "/subscriptions", of_app.subscriptions),
        web.post(_NODE + "/uploads", uploads.begin),
        web.post(r"/{version:v\d+\.\d+}/upload:{upload}", uploads.finish),
        web.get(_NODE, nodes.get_node),
        web.post(_NODE, nodes.post_node),
        web.delete(_NODE, nodes.delete_node),
        web.route("*", r"/{version:v\d+\.\d+}/{rest:.*}", nodes.unknown_path),
    ]


def _control_routes() -> list[web.RouteDef]:
    citizen = "/_sim/citizens/{citizen}"
    return [
        web.get("/_sim/numbers", simulator.list_numbers),
        web.put("/_sim/numbers/{phone_number_id}", simulator.put_number),
        web.get("/_sim/app", simulator.show_app),
        web.post("/_sim/app", simulator.set_app),
        web.get("/_sim/messages", simulator.messages),
        web.get("/_sim/stats", simulator.stats),
        web.get("/_sim/faults", simulator.get_faults),
        web.post("/_sim/faults", simulator.set_faults),
        web.delete("/_sim/faults", simulator.clear_faults),
        web.get("/_sim/templates", simulator.list_templates),
        web.post("/_sim/templates/{template_id}", simulator.set_template_status),
        web.post("/_sim/webhooks", simulator.other_webhook),
        web.get("/_sim/mails", mails.listed),
        web.get("/_sim/citizens", citizens.list_all),
        web.post("/_sim/citizens", citizens.create),
        web.post(citizen + "/messages", citizens.say),
        web.get(citizen + "/chat", citizens.chat),
        web.post(citizen + "/look", citizens.look),
        web.post(citizen + "/number", citizens.change_number),
        web.post(citizen + "/preferences", citizens.prefer),
        web.get("/_sim/media/{media_id}", citizens.medium),
        web.get("/_sim/events", citizens.events),
        web.post("/_sim/webhook/verify", _verify),
    ]


async def _index(request: web.Request) -> web.StreamResponse:
    del request
    return web.FileResponse(_PAGE / "index.html", headers={"Cache-Control": "no-cache"})


async def _verify(request: web.Request) -> web.StreamResponse:
    """The handshake Meta makes when a callback is set (Meta, Create a webhook endpoint, 2026-09-11)."""
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
