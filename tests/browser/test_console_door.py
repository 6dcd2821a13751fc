"""The door in a real Chromium: by keyboard alone, without a script, and readable for everybody."""

import asyncio
import re
from uuid import uuid4

import pytest
from axe_playwright_python.async_playwright import Axe

from local.product.totp import code
from tests.browser.console import CHROMIUM, person_of, staff_of
from tests.browser.test_console import RULES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
WIDTHS = (320, 390, 1280)
TWO_TOWNS = ("neu-ulm", "bocholt")


def at_the_door(system, look, **options):
    """`look` with a page of somebody who is not signed in."""

    async def play():
        async with staff_of(system.run) as staff:
            context = await staff.browser.new_context(locale="de-DE", **options)
            await look(await context.new_page())
            await context.close()

    asyncio.run(play())


def test_somebody_signs_in_by_keyboard_alone_and_without_a_script(system):
    person = person_of(system.run, "neu-ulm")

    async def look(page):
        await page.goto(f"{system.run['app']}/console")
        await page.focus("input[name=username]")
        await page.keyboard.type(person["username"])
        await page.keyboard.press("Tab")
        await page.keyboard.type(person["password"])
        await page.keyboard.press("Enter")
        await page.focus("input[name=code]")
        await page.keyboard.type(code(person["totp_secret"]))
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile(r"/console/neu-ulm$"))
        (cookie,) = await page.context.cookies()
        assert (cookie["name"], cookie["httpOnly"], cookie["secure"]) == ("__Host-sd", True, True)

    at_the_door(system, look, java_script_enabled=False)


async def checked(page, name, found):
    """Puts down what overflows, and which rules of accessibility it breaks."""
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        if await page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((name, width, "overflows"))
        results = await Axe().run(page, options=RULES)
        found.extend((name, width, it["id"]) for it in results.response["violations"])


def invited_to(system, towns):
    """Somebody who has not come yet: address and first password."""
    email = f"kim.{uuid4().hex[:8]}@staedte.example"
    for town in towns:
        system.stadtdraht("staff", "invite", "--town", town, email, "--name", "Kim Muster", "--role", "editor")
    mails = system.http.get(f"{system.run['graph']}/_sim/mails").json()["mails"]
    texts = [it["text"] for it in mails if it["to"] == email]
    return email, next(found[1] for it in texts if (found := re.search(r"erstes Passwort: (\S+)", it)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_door_breaks_a_rule_of_accessibility_or_overflows(system, scheme):
    person = person_of(system.run, "neu-ulm", "agent")
    found = []

    async def look(page):
        await page.goto(f"{system.run['app']}/console")
        await checked(page, "sign-in", found)
        await page.fill("input[name=username]", person["username"])
        await page.fill("input[name=password]", "x" * 20)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("[role=alert]")
        await checked(page, "wrong", found)
        await page.fill("input[name=username]", person["username"])
        await page.fill("input[name=password]", person["password"])
        await page.keyboard.press("Enter")
        await page.wait_for_selector("input[name=code]")
        await checked(page, "code", found)
        await page.fill("input[name=code]", "4719")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#code-error")
        await checked(page, "code-error", found)
        await page.goto(f"{system.run['app']}/console/sign-in")
        await page.click("text=Passwort vergessen?")
        await page.wait_for_selector("h1:has-text('Passwort vergessen')")
        await checked(page, "forgotten", found)
        await page.fill("input[name=username]", "nobody@neu-ulm.example")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("input[name=code]")
        await checked(page, "recovery", found)
        await page.fill("input[name=code]", "4719")
        await page.fill("input[name=password]", "kurz")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#code-error")
        await page.wait_for_selector("#password-error")
        await checked(page, "recovery-error", found)

    at_the_door(system, look, color_scheme=scheme, bypass_csp=True)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_does_any_on_the_way_of_somebody_new_to_their_towns(system, scheme):
    email, password = invited_to(system, TWO_TOWNS)
    found = []

    async def look(page):
        await page.goto(f"{system.run['app']}/console")
        await page.fill("input[name=username]", email)
        await page.fill("input[name=password]", password)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h1:has-text('Ihr eigenes Passwort')")
        await checked(page, "own-password", found)
        await page.fill("input[name=password]", "kurz")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#password-error")
        await checked(page, "own-password-error", found)
        await page.fill("input[name=password]", "ein langer eigener Satz")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h1:has-text('Code-App verbinden')")
        await checked(page, "enrol", found)
        await page.click("summary:has-text('Ich kann nicht einlesen')")
        await checked(page, "enrol-by-hand", found)
        secret = (await page.inner_text("details b.num")).replace(" ", "")
        await page.fill("input[name=code]", "4719")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#code-error")
        await checked(page, "enrol-error", found)
        await page.fill("input[name=code]", code(secret))
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h1:has-text('Für welche Stadt')")
        assert await page.locator(".offers a").count() == len(TWO_TOWNS)
        await checked(page, "towns", found)
        await page.click("button:has-text('Abmelden')")
        await page.wait_for_selector("text=Sie sind abgemeldet.")
        await checked(page, "signed-out", found)

    at_the_door(system, look, color_scheme=scheme, bypass_csp=True)
    assert found == []
