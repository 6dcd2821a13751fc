"""Keys, the tab and the sound in a real Chromium."""

import asyncio
import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.acceptance.reading import words
from tests.browser.console import CHROMIUM, played
from tests.browser.test_console import RULES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
ASKS_AGAIN_MS = 40_000  # the script asks every 15 s
COUNTS_SOUNDS = """
window.rung = 0;
window.AudioContext = class {
  currentTime = 0;
  createOscillator() { return { connect() {}, start() { window.rung += 1; }, stop() {} }; }
};
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_opens_by_its_key_and_closes(system, scheme):
    async def story(page):
        await page.goto(f"{system.run['app']}/console/arnsberg/inbox")
        keys = page.get_by_role("dialog", name="Tasten")
        await page.keyboard.press("?")
        await expect(keys).to_be_visible()
        results = await Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()
        await page.keyboard.press("Escape")
        await expect(keys).to_be_hidden()
        await page.get_by_role("searchbox").focus()
        await page.keyboard.type("?")
        await expect(keys).to_be_hidden()

    played(system, story, color_scheme=scheme, bypass_csp=True)


def test_without_a_script_a_button_opens_it(system):
    async def story(page):
        await page.goto(f"{system.run['app']}/console/arnsberg/inbox")
        await page.get_by_role("button", name="Tasten").click()
        await expect(page.get_by_role("dialog", name="Tasten")).to_be_visible()

    played(system, story, java_script_enabled=False)


def test_a_slash_at_the_beginning_of_a_line_leads_to_the_text_blocks_and_nothing_is_sent(system):
    person = "4915100042401"
    system.answer_to(person, "arnsberg", "Wo melde ich einen Hund an? (2401)")

    async def story(page):
        app = system.run["app"]
        await page.goto(f"{app}/console/arnsberg/texts")
        take = page.locator("form[action$='/texts/ready'] button")
        if await take.count():
            await take.click()
        await page.goto(f"{app}/console/arnsberg/inbox?q={person}")
        field, blocks = page.get_by_role("textbox", name="Antwort"), page.get_by_label("Textbaustein")
        await field.fill("Mo/Di")
        await field.press("End")
        await field.press("/")
        await expect(field).to_be_focused()
        await expect(field).to_have_value("Mo/Di/")
        await field.fill("")
        await field.press("/")
        await expect(blocks).to_be_focused()
        await expect(field).to_have_value("")
        await page.keyboard.press("Escape")
        await blocks.select_option(index=1)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="Einfügen")).to_be_focused()
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert page.url.endswith("/insert")
        await expect(field).not_to_have_value("")
        await expect(page.get_by_role("status")).to_have_count(0)

    played(system, story)
    system.quiet()
    assert not [it for it in system.received(person, "arnsberg") if "Ihr Team im Rathaus" in words(it)]


def test_the_tab_follows_who_waits_and_sounds_when_one_more_may_be_in_need(system):
    person, other, needy = "4915100042402", "4915100042403", "4915100042404"
    system.answer_to(person, "arnsberg", "Wann ist der Wertstoffhof offen? (2402)")

    async def story(page):
        await page.add_init_script(COUNTS_SOUNDS)
        await page.goto(f"{system.run['app']}/console/arnsberg/me")
        await page.get_by_label("Kurz klingen").check()
        assert await page.evaluate("rung") == 1
        await page.goto(f"{system.run['app']}/console/arnsberg/inbox?q={person}")
        waited = int(re.match(r"\((\d+)\)", await page.title())[1])
        assert await page.evaluate("rung") in (0, 1)  # who was in need before is news to this tab
        begun = await page.evaluate("rung")
        await asyncio.to_thread(system.answer_to, other, "arnsberg", "Fährt der Bus am Sonntag? (2403)")
        await expect(page).to_have_title(re.compile(rf"\({waited + 1}\) "), timeout=ASKS_AGAIN_MS)
        icon = page.locator("link[rel=icon]")
        assert await icon.get_attribute("href") == await icon.get_attribute("data-waiting")
        assert await page.evaluate("rung") == begun
        await asyncio.to_thread(system.answer_to, needy, "arnsberg", "Bei uns im Keller riecht es stark nach Gas!")
        await expect(page).to_have_title(re.compile(rf"\({waited + 2}\) "), timeout=ASKS_AGAIN_MS)
        assert await page.evaluate("rung") == begun + 1

    played(system, story)
