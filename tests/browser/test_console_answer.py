"""Answering in a real Chromium, with the script and without: in three steps, and nothing that was typed is lost."""

import asyncio

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.acceptance.reading import words
from tests.browser.console import CHROMIUM, played, staff_of
from tests.browser.test_console import RULES, WIDTHS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]


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


@pytest.mark.parametrize(("script", "person"), [(True, "4915100042104"), (False, "4915100042105")])
def test_who_releases_an_answer_changes_it_first_and_both_see_what(system, script, person):
    system.answer_to(person, "arnsberg", f"Warum ist die Turnhalle gesperrt? ({person[-4:]})")
    app, found = system.run["app"], []

    async def play():
        async with staff_of(system.run) as staff:
            writer = await (await staff.at("arnsberg", "agent", java_script_enabled=script)).new_page()
            await writer.goto(f"{app}/console/arnsberg/inbox?q={person}")
            await writer.get_by_role("textbox", name="Antwort").fill("Die Halle ist zu.")
            await writer.get_by_role("button", name="Zur Freigabe …").click()
            await writer.get_by_role("button", name="Um Freigabe bitten").click()
            releaser = await (await staff.at("arnsberg", java_script_enabled=script, bypass_csp=True)).new_page()
            await releaser.goto(f"{app}/console/arnsberg/inbox?q={person}")
            field = releaser.get_by_role("textbox", name="Entwurf von")
            await expect(field).to_have_value("Die Halle ist zu.")
            if script:
                for width in WIDTHS:
                    await releaser.set_viewport_size({"width": width, "height": 900})
                    found.append(await releaser.evaluate("document.documentElement.scrollWidth") <= width)
                    found.extend(it["id"] for it in (await Axe().run(releaser, options=RULES)).response["violations"])
            await field.fill("Die Halle ist leider bis Montag zu.")
            await releaser.get_by_role("button", name="Freigeben und senden").click()
            await expect(releaser.get_by_role("status").first).to_contain_text("sieht, was Sie geändert haben")
            await writer.goto(f"{app}/console/arnsberg/inbox?q={person}")
            await writer.get_by_text("Vor der Freigabe geändert").click()
            await expect(writer.locator(".changed ins")).to_contain_text("leider bis Montag")

    asyncio.run(play())
    assert set(found) <= {True}
    system.until(lambda: any("bis Montag" in words(it) for it in system.received(person, "arnsberg")), "the answer")
