"""Pages of the console on fakes, served to a real Chromium: `walk(Served(office, member), steps)`."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright

from functions.console.routes import ROUTES
from functions.console.web.assets import asset
from stadtdraht.domain.staff.member import Member
from tests.browser.console import ARGUMENTS, CHROMIUM
from tests.support.console import Desk

__all__ = ["CHROMIUM", "RULES", "Office", "Served", "walk"]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ADDRESSES = {
    name: re.compile(re.sub(r"\\{\w+\\}", lambda it: f"(?P<{it[0][2:-2]}>[^/]+)", re.escape(name.split(" ")[1])))
    for name in sorted(ROUTES, key=lambda it: it.count("{"))
}
Steps = Callable[[Page, str], Awaitable[None]]


class Office(Protocol):
    """Everything behind the pages, and whoever looks at them."""

    def desk(self, member: Member) -> Desk: ...


class Served:
    """The pages of one office; `member` is who looks."""

    def __init__(self, office: Office, member: Member) -> None:
        self.office, self.member = office, member

    def app(self) -> web.Application:
        served = web.Application()
        served.router.add_get("/console/assets/{name}", self.asset)
        served.router.add_route("*", "/{path:.*}", self.page)
        return served

    async def asset(self, request: web.Request) -> web.Response:
        return self._response(asset(request.match_info["name"]))

    async def page(self, request: web.Request) -> web.Response:
        name, path = next(
            (name, found.groupdict())
            for name, address in ADDRESSES.items()
            if name.startswith(f"{request.method} ") and (found := address.fullmatch(request.path))
        )
        desk, route = self.office.desk(self.member), name.split(" ")[1].removeprefix("/console/{town}")
        path.pop("town")
        if request.method == "GET":
            return self._response(desk.get(route, query=dict(request.query), **path))
        form = await request.post()
        return self._response(desk.post(route, {it: form.getall(it) for it in form}, **path))

    @staticmethod
    def _response(given: Any) -> web.Response:
        headers = {name: value for name, value in given["headers"].items() if name != "Strict-Transport-Security"}
        return web.Response(status=given["statusCode"], body=given["body"].encode(), headers=headers)


def walk(served: Served, steps: Steps, *, script: bool = True) -> None:
    """`steps(page, address)` in a browser whose clock does not matter."""

    async def run() -> None:
        async with TestServer(served.app()) as server, async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = await browser.new_context(java_script_enabled=script)
            page = await context.new_page()
            await steps(page, str(server.make_url(f"/console/{served.member.town}")))
            await browser.close()

    asyncio.run(run())
