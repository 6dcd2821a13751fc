"""Pages that say no, in a real Chromium: each tells what stands in the way, keeps what was typed, and fits."""

import asyncio
import itertools

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from functions.console.web.failures import failed
from functions.console.web.request import Request
from tests.browser.console import CHROMIUM, staff_of
from tests.browser.test_console import RULES, WIDTHS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
PERSON = "4915100071001"
TYPED = "Die Halle öffnet am Montag."
NUMBERS = itertools.count(1)
WHOLE = 2400  # px: nothing lies behind the bar at the bottom, where axe calls half a field too small
BROKEN = Request.of(
    {
        "routeKey": "POST /console/{town}/conversations/{citizen}/answer",
        "rawPath": "/console/arnsberg/inbox",
        "body": f"text={TYPED}",
        "requestContext": {"requestId": "Kx9e-1"},
    }
)


async def nothing_there(page, console, _):
    await page.goto(f"{console}/cases/2026-9999")
    await expect(page.locator("h1")).to_have_text("Diese Seite gibt es nicht")


async def an_earlier_sign_in(page, console, _):
    await page.goto(f"{console}/me")
    await page.evaluate("document.querySelectorAll('[name=csrf]').forEach(it => { it.value = 'of yesterday' })")
    await page.get_by_role("button", name="Speichern").click()
    await expect(page.locator("h1")).to_have_text("Es wurde nichts gesendet")


async def a_fault_of_ours(page, console, _):
    text = failed(BROKEN)["body"]
    await page.route("**/inbox?fails", lambda it: it.fulfill(status=503, body=text, content_type="text/html"))
    await page.goto(f"{console}/inbox?fails")
    await expect(page.get_by_label("Das hatten Sie geschrieben")).to_have_value(TYPED)


async def an_hour_that_ends_before_it_begins(page, console, _):
    await page.goto(f"{console}/consultations")
    for name, value in (("day", "2031-01-02"), ("opens", "18:00"), ("closes", "17:00"), ("host", "Frau Beispiel")):
        await page.fill(f"[name={name}]", value)
    await page.get_by_role("button", name="Festlegen").click()
    await expect(page.get_by_role("alert")).to_contain_text("Sie endet, bevor sie beginnt.")
    await expect(page.locator("[name=host]")).to_have_value("Frau Beispiel")


async def nobody_invited(page, console, _):
    await page.goto(f"{console}/staff")
    await page.get_by_label("Vor- und Nachname").fill("Kim Muster")
    await page.get_by_label("Dienstliche E-Mail-Adresse").fill("all@arnsberg.example")
    await page.get_by_role("button", name="Einladen").click()
    await expect(page.locator(".kern-error, [role=alert]").first).to_be_visible()
    await expect(page.get_by_label("Vor- und Nachname")).to_have_value("Kim Muster")


async def asked(page, console, system, words):
    """Somebody writes, and another tab has seen it."""
    system.write(PERSON, "arnsberg", words)
    other = await page.context.new_page()
    await other.goto(f"{console}/inbox?q={PERSON}")
    while not await other.get_by_text(words).count():
        await other.goto(f"{console}/inbox?q={PERSON}")
    await other.close()


async def somebody_wrote_meanwhile(page, console, system):
    await asked(page, console, system, f"Warum ist die Turnhalle zu? ({next(NUMBERS)})")
    await page.route("**/thread", lambda it: it.abort())
    await page.goto(f"{console}/inbox?q={PERSON}")
    await asked(page, console, system, f"Und seit wann? ({next(NUMBERS)})")
    await page.get_by_role("textbox", name="Antwort").fill(TYPED)
    await page.get_by_role("button", name="Senden", exact=True).click()
    await expect(page.get_by_role("alert").first).to_be_visible()
    await expect(page.get_by_role("textbox", name="Antwort")).to_have_value(TYPED)


async def a_colleague_to_choose(page, console, system):
    await page.goto(f"{console}/inbox?q={PERSON}")
    await page.get_by_role("textbox", name="Antwort").fill(TYPED)
    await page.get_by_role("button", name="Zur Freigabe …").click()
    await expect(page.locator("h1")).to_contain_text("Freigabe")
    await expect(page.locator("main")).to_contain_text(TYPED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_says_no_is_accessible_fits_and_keeps_what_was_typed(system, scheme):
    found = []
    ways = (
        *(nothing_there, an_earlier_sign_in, a_fault_of_ours, an_hour_that_ends_before_it_begins),
        *(nobody_invited, somebody_wrote_meanwhile, a_colleague_to_choose),
    )

    async def play():
        async with staff_of(system.run) as staff:
            page = await (await staff.at("arnsberg", color_scheme=scheme, bypass_csp=True)).new_page()
            for way in ways:
                await page.set_viewport_size({"width": 1280, "height": 900})
                await way(page, f"{system.run['app']}/console/arnsberg", system)
                await page.wait_for_load_state()  # with its sheet
                for width in WIDTHS:
                    await page.set_viewport_size({"width": width, "height": WHOLE})
                    if await page.evaluate("document.documentElement.scrollWidth") > width:
                        found.append((way.__name__, width, "too wide"))
                    results = await Axe().run(page, options=RULES)
                    found.extend(
                        (way.__name__, width, it["id"], it["nodes"][0]["html"]) for it in results.response["violations"]
                    )

    asyncio.run(play())
    assert found == []
