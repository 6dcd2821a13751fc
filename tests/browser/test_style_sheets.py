"""Public pages look as the console does: the colours they carry inside are what a browser makes of KERN's tokens."""

import asyncio
import io
import zipfile
from importlib.resources import files

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from stadtdraht.cli.crisis.card import drawn
from stadtdraht.cli.crisis.evidence import printed
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.pages.render import render
from tests.browser.console import ARGUMENTS, CHROMIUM
from tests.browser.test_console import RULES, WIDTHS
from tests.support.builders.crisis import NOON, a_link, a_town
from tests.support.crisis_page import CrisisPageHarness
from tests.support.fakes.deliveries import FakeDeliveries
from tests.unit.crisis.test_evidence_folder import opened
from tests.unit.privacy.test_data_archive import Archive, made_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
SCHEMES = ("light", "dark")
SHARED = ("ink", "quiet", "paper", "soft", "edge", "act", "on-act", "bad", "warn", "good", "line", "act-bg")
DRAWN = """names => names.map(name => {
  const shown = getComputedStyle(document.getElementById(name)).color;
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = shown;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].join();
})"""


def sheet(name):
    return files("stadtdraht.pages").joinpath("built", name).read_text("utf-8")


def in_a_browser(look, scheme):
    async def play():
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = await browser.new_context(locale="de-DE", color_scheme=scheme)
            found = await look(await context.new_page())
            await browser.close()
            return found

    return asyncio.run(play())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_are_the_console_s(scheme):
    ours = sheet("public.css") + sheet("crisis.css")
    console = files("stadtdraht.pages.console").joinpath("built", "console.css").read_text("utf-8")
    words = "".join(f'<i id="{name}" style="color: var(--{name})">x</i>' for name in SHARED)

    async def look(page):
        seen = []
        for css in (ours, console):
            await page.set_content(f'<style>{css}</style><body class="kern-level-2">{words}')
            seen.append(dict(zip(SHARED, await page.evaluate(DRAWN, list(SHARED)), strict=True)))
        return seen

    ours_seen, console_seen = in_a_browser(look, scheme)
    assert ours_seen == console_seen
    assert len(set(ours_seen.values())) >= len(SHARED) - 1  # by day what stands on a button is paper


def test_a_phone_of_ten_years_ago_understands_every_colour():
    for css in (sheet("public.css"), sheet("crisis.css")):
        assert "oklch" not in css
        assert "color-mix" not in css


def pages():
    """What is no page of a function: papers, a person's data."""
    harness = CrisisPageHarness()
    harness.deliveries = FakeDeliveries()
    harness.link().get().press()
    (alert,) = harness.alerts.raised.values()
    archive = zipfile.ZipFile(io.BytesIO(made_of(Archive(), 1000).content))
    yield "ask", render("data/ask.html", town=a_town())
    yield "gone", render("data/gone.html")
    yield "archive", archive.read("auskunft.html").decode()
    yield "evidence", printed(alert, a_town(), opened(harness, alert), NOON)
    for mode in LinkMode:
        yield f"card-{mode}", drawn(a_link(mode=mode), a_town(), "https://draht.example/crisis/x", "02871 112")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_papers_and_a_persons_data_are_readable_for_everybody(scheme):
    async def look(page):
        found = []
        for name, text in pages():
            await page.set_content(text)
            for width in WIDTHS if name in ("ask", "gone", "archive") else WIDTHS[-1:]:  # papers are printed
                await page.set_viewport_size({"width": width, "height": 800})
                if await page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append((name, width, "overflows"))
            results = await Axe().run(page, options=RULES)
            found.extend((name, it["id"], it["nodes"][0]["html"][:200]) for it in results.response["violations"])
        return found

    assert in_a_browser(look, scheme) == []
