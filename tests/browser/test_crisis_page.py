"""The crisis page in a real Chromium: without JavaScript, with a thumb, with the keyboard, by day and by night."""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from functions.crisis.web import progress
from functions.crisis.web.form import Request
from functions.crisis.web.routes import respond
from functions.public.web.alert_page import shown
from stadtdraht.domain.crisis.alert import UNDO
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.delivery import DeliveryKey, Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.town import TopicOrDistrict
from stadtdraht.usecases.crisis.check_alert import check_alert
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import PIN, CrisisPageHarness

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE, PHONE, SMALL = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
THUMB_PX = 44
MOST_TABS = 8
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class ServedPage:
    """The page behind a real server; `asked` is every path a browser asked for."""

    def __init__(self) -> None:
        self.harness = CrisisPageHarness()
        self.tokens = {
            LinkMode.LIVE: self.harness.link().token,
            LinkMode.DRILL: self.harness.link(link_id="l2", mode=LinkMode.DRILL).token,
        }
        self.asked: list[str] = []
        self.server: TestServer

    def url(self, mode: LinkMode = LinkMode.LIVE) -> str:
        return str(self.server.make_url(f"/crisis/{self.tokens[mode]}"))

    @property
    def alert_id(self) -> str:
        [alert_id] = self.harness.alerts.raised
        return alert_id

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/crisis/{token}", self._crisis)
        app.router.add_route("*", "/crisis/{token}/{alert}", self._crisis)
        app.router.add_get("/a/{alert}", self._check)
        app.router.add_route("*", "/{other:.*}", self._other)
        return app

    async def _crisis(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        event = {
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "pathParameters": dict(request.match_info),
            "requestContext": {"http": {"method": request.method}},
            "rawQueryString": request.query_string,
            "body": await request.text(),
        }
        given = respond(Request.of(event), self.harness.now, self.harness.ports)
        return web.Response(status=given["statusCode"], body=given["body"].encode(), headers=given["headers"])

    async def _check(self, request: web.Request) -> web.Response:
        harness = self.harness
        checked = check_alert(request.match_info["alert"], harness.now, alerts=harness.alerts, towns=harness.towns)
        status, page = shown(checked)
        return web.Response(status=status, text=page, content_type="text/html")

    async def _other(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(status=404)


Story = Callable[[ServedPage, Page], Awaitable[None]]


def in_a_browser(
    story: Story, viewport: dict[str, int] = PHONE, *, scheme: str = "light", script: bool = False
) -> ServedPage:
    served = ServedPage()

    async def play() -> None:
        async with TestServer(served.app()) as server, async_playwright() as driver:
            served.server = server
            browser: Browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context: BrowserContext = await browser.new_context(
                viewport=viewport,
                locale="de-DE",
                color_scheme=scheme,
                java_script_enabled=script,
                bypass_csp=script,  # only for the checker that is put into the page
            )
            page = await context.new_page()
            await page.goto(served.url())
            await story(served, page)
            await browser.close()

    asyncio.run(play())
    return served


async def press(page: Page, button: str) -> None:
    """Presses and waits until the next page stands: a page on its way can be neither read nor left."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=button).click()


async def to_the_last_step(page: Page, scenario: str = "Großbrand, Rauch") -> None:
    await press(page, scenario)
    await page.get_by_label("Mussum").check()
    await press(page, "Weiter zur Vorschau")


async def tab_to(page: Page, button: str) -> None:
    """From the top of the page with the Tab key alone."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await page.locator(":focus").inner_text() == button:
            return
    raise AssertionError(f"{button} is not reached within {MOST_TABS} tabs")


async def fill_in(page: Page, pin: str = PIN, word: str = "Bocholt") -> None:
    await page.get_by_label("Ihre PIN").fill(pin)
    await page.get_by_label("Zur Bestätigung").fill(word)


async def ten_seconds_later(served: ServedPage, page: Page) -> None:
    served.harness.now += UNDO
    async with page.expect_navigation():
        await page.get_by_role("link", name="Stand ansehen").click()


def test_without_javascript_three_steps_lead_to_one_alert():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await expect(page.get_by_text("Großbrand mit starkem Rauch")).to_be_visible()
        await fill_in(page)
        assert served.harness.alerts.raised == {}
        await press(page, "Jetzt warnen")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Die Warnung geht um 12:00:10 Uhr hinaus")
        await ten_seconds_later(served, page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Die Warnung geht hinaus")
        assert page.url.endswith(served.alert_id)

    served = in_a_browser(story)
    assert all(path.startswith("/crisis/") for path in served.asked)


def test_going_back_and_pressing_again_is_one_alert():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        first = page.url
        await page.go_back()
        await fill_in(page)
        await press(page, "Jetzt warnen")
        assert page.url == first
        assert len(served.harness.alerts.raised) == 1

    in_a_browser(story)


def test_one_tap_takes_it_back_and_the_way_begins_anew():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        await press(page, "Zurücknehmen")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Die Warnung ist zurückgenommen")
        assert served.harness.alerts.get(served.alert_id).undone_at == served.harness.now
        await page.get_by_role("link", name="Neu beginnen").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Was ist passiert?")
        await expect(page.get_by_text("Läuft bereits")).to_have_count(0)

    in_a_browser(story)


def test_after_ten_seconds_the_button_is_gone_by_itself():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        back = page.get_by_role("button", name="Zurücknehmen")
        await expect(back).to_be_visible()
        await page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
        await expect(back).to_be_hidden()
        await expect(page.get_by_role("link", name="Stand ansehen")).to_be_visible()

    in_a_browser(story, script=True)


def test_a_wrong_pin_says_so_beside_the_field_and_puts_the_cursor_there():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page, pin="000000")
        await press(page, "Jetzt warnen")
        await expect(page.get_by_role("alert")).to_be_in_viewport()
        await expect(page.get_by_label("Ihre PIN")).to_be_focused()
        await expect(page.get_by_label("Ihre PIN")).to_have_attribute("aria-describedby", "error")
        await expect(page.get_by_label("Zur Bestätigung")).to_have_value("Bocholt")
        await page.get_by_label("Ihre PIN").fill(PIN)
        await press(page, "Jetzt warnen")
        assert len(served.harness.alerts.raised) == 1

    in_a_browser(story)


def test_the_keyboard_alone_is_enough_and_enter_in_the_last_field_warns():
    async def story(served: ServedPage, page: Page) -> None:
        await tab_to(page, "Bomben\u00adentschärfung")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Wo und wie lange?")
        await page.get_by_label("Ganzes Stadtgebiet").focus()
        await page.keyboard.press("Space")
        await page.get_by_label("Genauer Ort / Hinweis").focus()
        await page.keyboard.type("300 m um die Nordstraße 3")
        await page.get_by_role("button", name="Weiter zur Vorschau").focus()
        await page.keyboard.press("Enter")
        await page.get_by_label("Ihre PIN").focus()
        await page.keyboard.type(PIN)
        await page.keyboard.press("Tab")
        await page.keyboard.type("Bocholt")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
        [alert] = served.harness.alerts.raised.values()
        assert (alert.scenario, alert.detail) == ("bomb", "300 m um die Nordstraße 3")

    in_a_browser(story)


def test_the_progress_page_shows_the_figures_of_the_moment():
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        await ten_seconds_later(served, page)
        await expect(page.get_by_label("Angenommen: 0 von 10")).to_be_visible()
        people = [person.citizen_id for person in served.harness.audience.people[:4]]
        keys = [DeliveryKey(served.alert_id, person) for person in people]
        await served.harness.deliveries.record("bocholt", [Outcome(key, OutcomeKind.ACCEPTED, NOON) for key in keys])
        served.harness.deliveries.statuses = [(people[0], 1, Status.READ, ""), (people[1], 1, Status.DELIVERED, "")]
        served.harness.now = NOON + timedelta(seconds=42)
        await page.get_by_role("link", name="Stand neu laden").click()
        await expect(page.get_by_label("Angenommen: 4 von 10")).to_be_visible()
        figures = await page.locator(".reach dd").all_inner_texts()
        assert figures == ["4", "2", "1", "42 Sekunden"]
        await page.get_by_role("link", name="für Bürgerinnen und Bürger").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Ja, diese Warnung ist echt")

    in_a_browser(story)


@pytest.mark.parametrize("viewport", [SMALL, PHONE], ids=lambda viewport: str(viewport["width"]))
def test_districts_of_a_big_town_fit_a_phone_and_are_a_table_to_whoever_hears_it(viewport):
    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        await ten_seconds_later(served, page)
        many = DeliveryFigures(
            planned=12_345, accepted=12_000, delivered=11_111, read=10_000, failed=10_234, unknown=1_000
        )
        counted = {"mussum": many, "suderwick": DeliveryFigures(planned=7), "": DeliveryFigures(planned=1, unknown=1)}
        served.harness.counts.keep(served.alert_id, AlertCount(served.harness.now, 1_000_000, 0, counted))
        await page.get_by_role("link", name="Stand neu laden").click()
        table = page.get_by_role("table", name="Nach Ortsteilen")
        assert await table.get_by_role("rowheader").all_inner_texts() == ["Mussum", "Suderwick", "ohne Ortsteil"]
        heads = [head.replace("\u00ad", "") for head in await table.get_by_role("columnheader").all_inner_texts()]
        assert heads == ["Für", "Angenommen", "Zugestellt", "Gelesen", "Fehler", "Unklar"]
        figures = await table.locator("tbody").first.locator("td").all_inner_texts()
        assert figures == ["12.345", "12.000", "11.111", "10.000", "10.234", "1.000"]
        too_wide = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.innerText)"
        assert await table.locator("th, td").evaluate_all(too_wide) == []
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        found = await Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()

    for scheme in ("light", "dark"):
        in_a_browser(story, viewport, scheme=scheme, script=True)


def test_what_makes_the_message_too_long_is_said_at_its_field_and_the_cursor_is_there():
    async def story(served: ServedPage, page: Page) -> None:
        many = tuple(TopicOrDistrict(f"d{number}", f"Ortsteil mit langem Namen {number}") for number in range(40))
        served.harness.towns.towns["bocholt"] = a_town(districts=many)
        every = "&".join(f"districts={choice.id}" for choice in many)
        await page.goto(f"{served.url()}?scenario=fire&valid_for_min=60&{every}")
        await expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie weniger Ortsteile")
        await expect(page.get_by_role("alert")).to_be_in_viewport()
        places = page.get_by_role("group", name="Wo gilt sie?")
        await expect(places).to_have_accessible_description(re.compile("Zeichen zu lang"))
        await expect(page.get_by_label("Ganzes Stadtgebiet")).to_be_focused()
        found = await Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        for choice in many[3:]:
            await page.get_by_label(choice.label, exact=True).uncheck()
        await press(page, "Weiter zur Vorschau")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Soll das so hinausgehen?")

    in_a_browser(story, script=True)


def test_progress_follows_by_itself_without_javascript_until_it_is_stopped(monkeypatch):
    monkeypatch.setattr(progress, "RELOADS_EVERY_S", 1)

    async def story(served: ServedPage, page: Page) -> None:
        await to_the_last_step(page)
        await fill_in(page)
        await press(page, "Jetzt warnen")
        served.harness.now += timedelta(seconds=11)
        await page.goto(f"{served.url()}/{served.alert_id}")
        await page.get_by_role("link", name="Von selbst neu laden").click()
        await expect(page.get_by_role("link", name="Anhalten")).to_be_visible()
        key = DeliveryKey(served.alert_id, served.harness.audience.people[0].citizen_id)
        await served.harness.deliveries.record("bocholt", [Outcome(key, OutcomeKind.ACCEPTED, NOON)])
        await expect(page.get_by_label("Angenommen: 1 von 10")).to_be_visible(timeout=25_000)
        await page.get_by_role("link", name="Anhalten").click()
        await expect(page.get_by_role("link", name="Von selbst neu laden")).to_be_visible()

    in_a_browser(story)


def test_live_and_drill_differ_at_first_sight():
    async def story(served: ServedPage, page: Page) -> None:
        async def band() -> tuple[str, str]:
            colour = await page.locator(".band").evaluate("band => getComputedStyle(band).backgroundColor")
            return await page.locator(".band").inner_text(), colour

        live = await band()
        await page.goto(served.url(LinkMode.DRILL))
        drill = await band()
        assert live[0] != drill[0]
        assert live[1] != drill[1]
        await to_the_last_step(page)
        await expect(page.get_by_role("button", name="Jetzt warnen")).to_have_count(0)
        await fill_in(page, word="Übung")
        await press(page, "Übung starten")
        await ten_seconds_later(served, page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Die Übung läuft")

    for scheme in ("light", "dark"):
        in_a_browser(story, scheme=scheme, script=True)


async def every_screen(served: ServedPage, page: Page, look: Callable[[str], Awaitable[None]], mode: LinkMode) -> None:
    await page.goto(served.url(mode))
    await look("what")
    await press(page, "Bomben\u00adentschärfung")
    await look("where")
    await page.get_by_label("Genauer Ort / Hinweis").fill("300 m um die Nordstraße 3")
    await press(page, "Weiter zur Vorschau")
    await look("nothing ticked")
    await page.get_by_label("Ganzes Stadtgebiet").check()
    await press(page, "Weiter zur Vorschau")
    await look("confirm")
    word = "Bocholt" if mode is LinkMode.LIVE else "Übung"
    await fill_in(page, pin="000000", word=word)
    go = "Jetzt warnen" if mode is LinkMode.LIVE else "Übung starten"
    await press(page, go)
    await look("rejected")
    await fill_in(page, word=word)
    await press(page, go)
    await look("ten seconds")
    await ten_seconds_later(served, page)
    await look("progress")
    await page.goto(str(served.server.make_url(f"/a/{served.alert_id}")))
    await look("check")
    await page.goto(served.url(mode)[:-3])
    await look("not valid")
    await page.goto(str(served.server.make_url("/a/unknown")))
    await look("unknown alert")


@pytest.mark.parametrize("mode", list(LinkMode))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_passes_wcag_by_day_and_by_night(mode, scheme):
    async def story(served: ServedPage, page: Page) -> None:
        async def look(screen: str) -> None:
            found = await Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{screen}: {found.generate_report()}"

        await every_screen(served, page, look, mode)

    in_a_browser(story, scheme=scheme, script=True)


@pytest.mark.parametrize("viewport", [SMALL, PHONE, WIDE], ids=lambda viewport: str(viewport["width"]))
def test_nothing_runs_over_the_edge_and_everything_fits_a_thumb(viewport):
    async def story(served: ServedPage, page: Page) -> None:
        async def look(screen: str) -> None:
            over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"{screen}: {over} px too wide"
            targets = page.locator("button, a.button, input:not([type=hidden]):not(.option input), .option")
            for target in await targets.all():
                box = await target.bounding_box()
                assert box
                assert box["height"] >= THUMB_PX, f"{screen}: {await target.inner_text()}"
                assert box["width"] >= THUMB_PX, f"{screen}: {await target.inner_text()}"

        await every_screen(served, page, look, LinkMode.LIVE)

    in_a_browser(story, viewport, script=True)
