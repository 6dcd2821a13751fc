"""Answering in a real Chromium, with the script and without: in three steps, and nothing that was typed is lost."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.acceptance.reading import words
from tests.browser.console import CHROMIUM, staff_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]


def played(system, story, **options):
    async def play():
        async with staff_of(system.run) as staff:
            context = await staff.at("arnsberg", **options)
            await story(await context.new_page())

    asyncio.run(play())


@pytest.mark.parametrize(("script", "person"), [(True, "4915100042101"), (False, "4915100042102")])
def test_somebody_is_answered_from_the_start_page_in_three_steps(system, script, person):
    system.answer_to(person, "arnsberg", f"Warum wurde die Bürgerversammlung verschoben? ({person[-4:]})")

    async def story(page):
        await page.goto(f"{system.run['app']}/console/arnsberg")
        await page.get_by_role("link", name="Zum Posteingang").click()
        row = page.locator(".row", has_text=f"({person[-4:]})")
        await row.locator(".who a").click()
        await page.get_by_role("textbox", name="Antwort").fill("Der Saal war nicht frei.")
        await page.get_by_role("button", name="Senden", exact=True).click()
        await expect(page.get_by_role("status").first).to_contain_text("Gesendet.")
        await expect(page.get_by_role("textbox", name="Antwort")).to_have_value("")

    played(system, story, java_script_enabled=script)
    system.until(lambda: any("Der Saal" in words(it) for it in system.received(person, "arnsberg")), "the answer")


def test_what_was_typed_is_there_again_on_another_device(system):
    person = "4915100042103"
    system.answer_to(person, "arnsberg", "Gibt es am Samstag einen Markt? (2103)")

    async def begin(page):
        await page.goto(f"{system.run['app']}/console/arnsberg/inbox?q={person}")
        field = page.get_by_role("textbox", name="Antwort")
        async with page.expect_response(lambda it: it.url.endswith("/draft")):
            await field.press_sequentially("Ja, von 8 bis")

    async def go_on(page):
        await page.goto(f"{system.run['app']}/console/arnsberg/inbox?q={person}")
        await expect(page.get_by_role("textbox", name="Antwort")).to_have_value("Ja, von 8 bis")

    played(system, begin)
    played(system, go_on)
