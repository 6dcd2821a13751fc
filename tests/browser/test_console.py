"""The console on the running system, in a real Chromium: every page fits, by day and by night, for everybody."""

import asyncio

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.console import CHROMIUM, PAGES, staff_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 390, 1280)
STARTED = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def lived_in(system):
    """Somebody waits, somebody reported something."""
    system.write("4915100070001", "arnsberg", "Warum wurde die Bürgerversammlung verschoben?")
    system.write("4915100070002", "arnsberg", "Bei uns im Keller riecht es stark nach Gas!")
    system.write("4915100070003", "vreden", "Im Mühlenweg 12 ist die Laterne aus.")
    for person, town in (("4915100070001", "arnsberg"), ("4915100070002", "arnsberg"), ("4915100070003", "vreden")):
        system.after(person, town, 1)
    return system


def looked_at(system, look, **options):
    async def play():
        async with staff_of(system.run) as staff:
            for town in sorted({it.town for it in PAGES.values()}):
                context = await staff.at(town, viewport=STARTED, **options)
                page = await context.new_page()
                for name, shown in PAGES.items():
                    if shown.town == town and await staff.show(page, shown):
                        await look(page, name)
                await context.close()

    asyncio.run(play())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility_or_overflows(lived_in, scheme):
    found, wide, seen = [], [], set()

    async def look(page, name):
        seen.add(name)
        assert await page.locator("h1").count() == 1, name
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            if await page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
            if width != WIDTHS[1]:
                results = await Axe().run(page, options=RULES)
                found.extend(
                    (name, width, it["id"], it["nodes"][0]["html"][:200]) for it in results.response["violations"]
                )

    looked_at(lived_in, look, color_scheme=scheme, bypass_csp=True)
    assert found == []
    assert wide == []
    assert {"start", "inbox", "conversation", "cases-board", "case", "newsletters", "figures", "staff"} <= seen


def test_no_page_loads_anything_from_elsewhere_or_says_an_error(lived_in):
    elsewhere, said = [], []

    async def look(page, name):
        page.on("request", lambda it: elsewhere.append((name, it.url)) if not _own(it.url, lived_in) else None)
        page.on("console", lambda it: said.append((name, it.text)) if it.type == "error" else None)
        await page.reload()

    looked_at(lived_in, look)
    assert elsewhere == []
    assert said == []


def _own(url, system):
    return url.startswith((system.run["app"], "data:", system.run["aws"]))
