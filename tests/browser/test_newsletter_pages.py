"""Newsletters of the console in a real Chromium: from the first word to the report, with the script and without."""

import asyncio
import re
import shutil
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from functions.console.routes import ROUTES
from functions.console.web.assets import asset
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.slices import SliceState
from tests.support.builders.newsletter import MONDAY
from tests.support.builders.newsletter_desk import JANA, KATRIN, PressOffice
from tests.unit.console.test_newsletter_pages import begun, reported

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LOOKS = (("light", 1280), ("light", 390), ("dark", 320))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TOWN = "/console/bocholt"
ADDRESSES = {
    name: re.compile(re.sub(r"\\{\w+\\}", lambda it: f"(?P<{it[0][2:-2]}>[^/]+)", re.escape(name.split(" ")[1])))
    for name in sorted(ROUTES, key=lambda it: it.count("{"))
}


class Served:
    """The pages of one press office; `member` is who looks."""

    def __init__(self, office, member=KATRIN):
        self.office, self.member = office, member

    def app(self):
        served = web.Application()
        served.router.add_get("/console/assets/{name}", self.asset)
        served.router.add_route("*", "/{path:.*}", self.page)
        return served

    async def asset(self, request):
        return self._response(asset(request.match_info["name"]))

    async def page(self, request):
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
    def _response(given):
        headers = {name: value for name, value in given["headers"].items() if name != "Strict-Transport-Security"}
        return web.Response(status=given["statusCode"], body=given["body"].encode(), headers=headers)


def walk(served, steps, *, script=True):
    """`steps(page, address)` in a browser whose clock does not matter."""

    async def run():
        async with TestServer(served.app()) as server, async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = await browser.new_context(java_script_enabled=script)
            page = await context.new_page()
            await steps(page, str(server.make_url(TOWN)))
            await browser.close()

    asyncio.run(run())


@pytest.mark.parametrize("script", [True, False])
def test_from_the_first_word_to_its_release(script):
    office = PressOffice()
    served = Served(office)

    async def steps(page, address):
        await page.goto(f"{address}/newsletters")
        await page.get_by_role("link", name="Neuer Newsletter").click()
        await page.get_by_role("button", name="Selbst schreiben").click()
        await page.get_by_label("Überschrift").fill("Weihnachtsmarkt")
        await page.get_by_label("Anriss").fill("38 Buden, Eintritt frei.")
        await page.get_by_label("Link").fill("https://www.bocholt.example/markt")
        if script:
            await expect(page.locator("#phone")).to_contain_text("38 Buden")
        else:
            await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
            await expect(page.locator("#phone")).to_contain_text("38 Buden")
        await page.get_by_role("button", name="Weiter: zur Freigabe").click()
        await page.get_by_label("An wen?").select_option("j-1")
        await page.get_by_role("button", name="Zur Freigabe geben").click()
        await expect(page.locator("main")).to_contain_text("zur Freigabe bei Jana Terhorst")
        made = office.only()
        office.counted(made)
        served.member = JANA
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Katrin Overbeck möchte diesen Newsletter")
        await page.get_by_role("button", name="Freigeben").dblclick()
        await expect(page.locator("main")).to_contain_text("Er beginnt gleich.")

    walk(served, steps, script=script)
    assert office.started == [office.only().broadcast_id]
    assert office.only().state is BroadcastState.RELEASED


def test_what_is_typed_stays_when_the_session_ends_meanwhile():
    office = PressOffice()
    made = office.draft()

    async def steps(page, address):
        await page.route("**/plan", lambda route: route.fulfill(status=401))
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await page.get_by_label("Überschrift").fill("Noch nicht gesichert")
        await expect(page.locator("#plan[data-stale]")).to_be_attached(timeout=20_000)
        await expect(page.get_by_label("Überschrift")).to_have_value("Noch nicht gesichert")

    walk(Served(office), steps)


def test_enter_in_a_field_saves_and_moves_nothing():
    office = PressOffice()
    made = office.draft()

    async def steps(page, address):
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await page.get_by_label("Überschrift").fill("Mit der Eingabetaste")
        await page.get_by_label("Überschrift").press("Enter")
        await expect(page.locator(".said")).to_contain_text("Gespeichert.")

    walk(Served(office), steps, script=False)
    assert [it.title for it in office.only().items] == ["Mit der Eingabetaste"]


def test_every_page_is_accessible_and_fits_by_day_and_by_night():
    office = PressOffice()
    draft, waits = office.draft(random="aaaaa1"), office.draft(random="aaaaa2")
    office.counted(draft)
    office.counted(waits)
    office.change(draft, items=(replace(draft.items[0], link="http://x", title=""),))
    running = begun(office, office.draft(random="aaaaa3"))
    reported(office, running, final=False)
    over = begun(office, office.draft(random="aaaaa4"), state=SliceState.DONE)
    reported(office, over)
    held = office.change(begun(office, office.draft(random="aaaaa5")), state=BroadcastState.STOPPED, held_at=MONDAY)
    pages = ["", "/new", f"/{draft.broadcast_id}?check=1", f"/{waits.broadcast_id}/release"]
    pages += [f"/{it.broadcast_id}" for it in (running, over, held)]
    troubles = []

    async def steps(page, address):
        for path in pages:
            await page.goto(f"{address}/newsletters{path}")
            for scheme, width in LOOKS:
                await page.emulate_media(color_scheme=scheme)
                await page.set_viewport_size({"width": width, "height": 844})
                found = await Axe().run(page, options=RULES)
                troubles.extend((path, scheme, width, it["id"]) for it in found.response["violations"])
                if await page.evaluate("document.documentElement.scrollWidth") > width:
                    troubles.append((path, scheme, width, "too wide"))

    walk(Served(office), steps)
    assert troubles == []
