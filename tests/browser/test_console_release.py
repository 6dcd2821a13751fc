"""A colleague's answer in a real Chromium: asked for by one, released or given back by another, with the script and
without.
"""

import re

import pytest
from playwright.async_api import expect

from tests.acceptance.reading import words
from tests.browser.console import CHROMIUM, EVERYTHING, played

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
BOTH = ("agent", EVERYTHING)  # who writes, and who releases
ASKED = "Guten Tag, der Saal war am Donnerstag nicht frei."


async def asks(page, app, person):
    """Types an answer and puts it before Maria Muster."""
    await page.goto(f"{app}/console/arnsberg/inbox?q={person}")
    await page.get_by_role("textbox", name="Antwort").fill(ASKED)
    await page.get_by_role("button", name="Zur Freigabe …").click()
    await page.get_by_label("Wer soll freigeben?").select_option(label="Maria Muster")
    await page.get_by_role("button", name="Um Freigabe bitten").click()
    await expect(page.get_by_role("status").first).to_contain_text("Zur Freigabe gegeben.")
    await expect(page.get_by_text("Ihr Entwurf wartet auf Freigabe")).to_be_visible()
    await expect(page.get_by_role("button", name="Freigeben und senden")).to_have_count(0)


async def opens(page, app, person):
    """The colleague finds it in the list of what waits for a release."""
    await page.goto(f"{app}/console/arnsberg/inbox?tab=release")
    await page.locator(".row", has_text=f"({person[-4:]})").locator(".who a").click()
    await expect(page.get_by_text("Entwurf von Aylin Muster", exact=True)).to_be_visible()
    await expect(page.get_by_role("textbox", name="Entwurf von Aylin Muster")).to_have_value(ASKED)


@pytest.mark.parametrize(("script", "person"), [(True, "4915100042301"), (False, "4915100042302")])
def test_what_one_asks_another_releases_and_it_goes_out_once(system, script, person):
    system.answer_to(person, "arnsberg", f"Warum wurde die Bürgerversammlung verschoben? ({person[-4:]})")
    app = system.run["app"]

    async def story(writer, mayor):
        await asks(writer, app, person)
        assert not heard(system, person)
        await opens(mayor, app, person)
        await mayor.get_by_role("button", name="Freigeben und senden").click()
        await expect(mayor.get_by_role("status").first).to_contain_text("Freigegeben und gesendet.")
        await expect(mayor.locator(".say.ours").last).to_contain_text(re.compile("Aylin Muster.*Maria Muster"))
        await writer.reload()
        await expect(writer.get_by_role("textbox", name="Antwort")).to_have_value("")

    played(system, story, roles=BOTH, java_script_enabled=script)
    system.until(lambda: heard(system, person), "the released answer")
    system.quiet()
    assert len(heard(system, person)) == 1


@pytest.mark.parametrize(("script", "person"), [(True, "4915100042303"), (False, "4915100042304")])
def test_what_is_given_back_says_why_and_its_words_are_there_again(system, script, person):
    system.answer_to(person, "arnsberg", f"Wann ist die nächste Bürgerversammlung? ({person[-4:]})")
    app = system.run["app"]

    async def story(writer, mayor):
        await asks(writer, app, person)
        await opens(mayor, app, person)
        await mayor.get_by_label("Zurückgeben, weil").fill("Bitte den neuen Termin nennen.")
        await mayor.get_by_role("button", name="Zurückgeben", exact=True).click()
        await expect(mayor.get_by_role("status").first).to_contain_text("Zurückgegeben")
        await writer.reload()
        await expect(writer.get_by_role("textbox", name="Antwort")).to_have_value(ASKED)
        await expect(writer.get_by_text("Bitte den neuen Termin nennen.")).to_be_visible()

    played(system, story, roles=BOTH, java_script_enabled=script)
    system.quiet()
    assert not heard(system, person)


def heard(system, person):
    return [it for it in system.received(person, "arnsberg") if ASKED in words(it)]
