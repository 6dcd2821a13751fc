"""The console on the running system, in a real Chromium: every page fits, by day and by night, for everybody."""

import asyncio
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.console import CHROMIUM, PAGES, staff_of
from tests.support.console_visitor import Visitor, person_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 390, 1280)
PAGE_BYTES = 5_000
STARTED = {"width": 1280, "height": 900}


SPILL = """[...document.querySelectorAll('.kern-btn')].filter(it => it.scrollWidth > it.clientWidth + 1)
    .map(it => it.textContent.trim())"""  # buttons narrower than their words
HOUR = "/console/arnsberg/consultations"


@pytest.fixture(scope="module")
def lived_in(system):
    """Somebody waits, two reported something at one place, people came to the mayor's hours."""
    system.write("4915100070001", "arnsberg", "Warum wurde die Bürgerversammlung verschoben?")
    system.write("4915100070002", "arnsberg", "Bei uns im Keller riecht es stark nach Gas!")
    for person in ("4915100070003", "4915100070005"):
        system.answer_to(person, "vreden", f"Im Mühlenweg 12 ist die Laterne aus. ({person[-1]})")
        system.write(person, "vreden", type="location", latitude=52.04, longitude=6.83)
    for person in ("4915100070001", "4915100070002"):
        system.after(person, "arnsberg", 1)
    staff = Visitor(system.run["app"])
    staff.follow(staff.sign_in(person_of(system.run, "arnsberg")))
    blocks = "/console/arnsberg/texts"
    if f'action="{blocks}/ready"' in staff.get(blocks).text:  # offered while a town has none
        staff.follow(staff.fill(staff.get(blocks), f"{blocks}/ready"))
    ends(staff, holds(staff))
    held = holds(staff)
    system.answer_to("4915100070004", "arnsberg", "Wann wird die Turnhalle fertig?")
    yield system
    ends(staff, held)


def holds(staff):
    """An hour that runs now; its address."""
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    closes = min(now + timedelta(hours=2), now.replace(hour=23, minute=59))
    times = {"day": f"{now:%Y-%m-%d}", "opens": f"{now:%H:%M}", "closes": f"{closes:%H:%M}"}
    staff.follow(staff.fill(staff.get(HOUR), HOUR, **times, host="Bürgermeisterin Beispiel"))
    return re.search(rf'href="({HOUR}/[^"/]+)"', staff.get(HOUR).text).group(1)  # those to come stand first


def ends(staff, held):
    staff.follow(staff.fill(staff.get(f"{held}/end"), f"{held}/end"))


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
            wide.extend((name, width, it) for it in await page.evaluate(SPILL))
            if width != WIDTHS[1]:
                results = await Axe().run(page, options=RULES)
                found.extend(
                    (name, width, it["id"], it["nodes"][0]["html"][:200]) for it in results.response["violations"]
                )

    looked_at(lived_in, look, color_scheme=scheme, bypass_csp=True)
    assert found == []
    assert wide == []
    assert set(PAGES) - {"newsletter", "newsletter-asked"} <= seen  # nobody wrote one yet: test_newsletter_pages.py


def test_no_page_loads_anything_from_elsewhere_or_says_an_error_or_is_heavy(lived_in):
    elsewhere, said, weights = [], [], {}

    async def look(page, name):
        page.on("request", lambda it: elsewhere.append((name, it.url)) if not _own(it.url, lived_in) else None)
        page.on("console", lambda it: said.append((name, it.text)) if it.type == "error" else None)
        answer = await page.reload()
        assert answer.headers["content-encoding"] == "gzip"
        weights[name] = int(answer.headers["content-length"])

    looked_at(lived_in, look)
    assert elsewhere == []
    assert said == []
    assert {name: it for name, it in weights.items() if it > PAGE_BYTES} == {}
    assert min(weights.values()) > 1_000


def _own(url, system):
    return url.startswith((system.run["app"], "data:", system.run["aws"]))
