"""The public pages of a town in a real Chromium, without JavaScript: they fit any phone, by day and by night."""

import asyncio
import shutil
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from functions.public import pages
from stadtdraht.adapters.files.town_file import read
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.fakes.towns import FakeTowns

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTHS = (320, 390, 1280)
THUMB_PX = 44
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TOWNS = {file.stem: read(file) for file in (Path(__file__).resolve().parents[2] / "towns").glob("*.toml")}
PAGES = {
    "start": ("/", "/"),
    "missing": ("/{proxy+}", "/nirgends"),
    "no-link": ("/{proxy+}", "/crisis/"),
    **{town: ("/t/{town}", f"/t/{town}") for town in TOWNS},
    **{f"imprint-{town}": ("/t/{town}/imprint", f"/t/{town}/imprint") for town in TOWNS},
    **{f"privacy-{town}": ("/t/{town}/privacy", f"/t/{town}/privacy") for town in ("vreden", "bocholt")},
    **{f"bocholt-{tag}": ("/t/{town}", f"/t/bocholt?lang={tag}") for tag in TOWNS["bocholt"].languages},
}


def app():
    adapters = FakeAdapters(towns=FakeTowns(TOWNS), settings=Settings(public_url="https://draht.example"))

    async def answer(request):
        route = next((route for route, path in PAGES.values() if path.split("?")[0] == request.path), "/{proxy+}")
        town = request.path.split("/")[2] if request.path.startswith("/t/") else ""
        event = {
            "routeKey": f"GET {route}",
            "rawPath": request.path,
            "pathParameters": {"town": town} if town else {},
            "queryStringParameters": dict(request.query),
        }
        given = pages.handler(event, None, adapters=adapters)
        return web.Response(status=given["statusCode"], body=given["body"].encode(), headers=given["headers"])

    served = web.Application()
    served.router.add_get("/{path:.*}", answer)
    return served


def looked_at(look, *, scheme="light", script=False):
    async def play():
        async with TestServer(app()) as server, async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = await browser.new_context(
                locale="de-DE", color_scheme=scheme, java_script_enabled=script, bypass_csp=script
            )
            page = await context.new_page()
            for name, (_, path) in PAGES.items():
                await page.goto(str(server.make_url("/")) + path.lstrip("/"))
                await look(page, name)
            await browser.close()

    asyncio.run(play())


def test_every_page_fits_every_width_and_its_targets_a_thumb():
    wide, small = [], []

    async def look(page, name):
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 800})
            if await page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
            for target in await page.locator("a.button, .languages a").all():
                box = await target.bounding_box()
                if box["height"] < THUMB_PX:
                    small.append((name, width, await target.inner_text()))

    looked_at(look, script=True)
    assert wide == []
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(scheme):
    found = []

    async def look(page, name):
        await page.set_viewport_size({"width": 390, "height": 844})
        results = await Axe().run(page, options=RULES)
        found.extend((name, it["id"], it["nodes"][0]["html"][:200]) for it in results.response["violations"])

    looked_at(look, scheme=scheme, script=True)
    assert found == []
