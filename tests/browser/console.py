"""A member of staff at a browser: signs in as an office would, and goes through the pages of the console."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from local.product.totp import code
from tests.support.running_system import RunningSystem

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LEADS_TO = "it => it.href || it.action + '?' + new URLSearchParams(new FormData(it))"
COUNTED_WITHIN_S = 30
EVERYTHING = "all"  # the person with every role; LOCAL.md


@dataclass(frozen=True)
class Shown:
    """One page: of which town, at which address; or reached from there, step by step, by the first link, or form of
    fields to choose by, that each selector finds. until: what stands there once something is counted.
    """

    town: str
    path: str
    follow: tuple[str, ...] = ()
    until: str = ""


PAGES: Mapping[str, Shown] = {
    "start": Shown("arnsberg", ""),
    "inbox": Shown("arnsberg", "inbox"),
    "inbox-all": Shown("arnsberg", "inbox?tab=all"),
    "conversation": Shown("arnsberg", "inbox", (".rows .who a",)),
    "conversation-forward": Shown("arnsberg", "inbox", (".rows .who a", "a[href$='/forward']")),
    "conversation-report": Shown("arnsberg", "inbox", (".rows .who a", "a[href$='/report']")),
    "inbox-search": Shown("arnsberg", "inbox?q=Niemand+so"),
    "texts": Shown("arnsberg", "texts"),
    "text": Shown("arnsberg", "texts", (".texts a",)),
    "text-new": Shown("arnsberg", "texts/new"),
    "cases-board": Shown("vreden", "cases"),
    "cases-list": Shown("vreden", "cases?view=list"),
    "case": Shown("vreden", "cases", (".ticket a",)),
    "case-merge": Shown("vreden", "cases", (".ticket a", "form[action$='/merge'][method=get]")),
    "case-merge-two": Shown("vreden", "cases", (".ticket a", "a[href*='/merge?into=']")),
    "cases-year": Shown("vreden", "cases?view=list&year=2026"),
    "cases-paper": Shown("vreden", "cases?view=print"),
    "consultations": Shown("arnsberg", "consultations"),
    "consultation": Shown("arnsberg", "consultations", (".rows .who a",)),
    "consultation-end": Shown("arnsberg", "consultations", (".rows .who a", "a[href$='/end']")),
    "consultation-over": Shown("arnsberg", "consultations", ("h2 + .rows .who a",)),
    "newsletters": Shown("bocholt", "newsletters"),
    "newsletter-new": Shown("bocholt", "newsletters/new"),
    "newsletter": Shown("bocholt", "newsletters", (".row:has(.tag:text('gesendet')) .who a",), until=".big"),
    "newsletter-asked": Shown(
        "bocholt", "newsletters", (".row:has(.tag:text('zur Freigabe')) .who a",), until="button:text('Freigeben')"
    ),
    "figures": Shown("arnsberg", "figures"),
    "figures-year": Shown("arnsberg", "figures?days=365"),
    "staff": Shown("arnsberg", "staff"),
    "staff-log": Shown("arnsberg", "staff/log"),
    "staff-member": Shown("arnsberg", "staff", (".rows .who a",)),
    "me": Shown("arnsberg", "me"),
}


def person_of(run: Mapping[str, Any], town: str, role: str = EVERYTHING) -> dict[str, str]:
    """Who signs in, from run.json: the one with every role comes first."""
    people: list[dict[str, str]] = run["console"][town]
    return people[0] if role == EVERYTHING else next(it for it in people if it["role"] == role)


async def sign_in(page: Page, app: str, person: Mapping[str, str]) -> None:
    """From the door to the first page, by what is to be seen on the way."""
    await page.goto(f"{app}/console")
    await page.fill("input[name=username]", person["username"])
    await page.fill("input[name=password]", person["password"])
    await page.click("button[type=submit]")
    await page.fill("input[name=code]", code(person["totp_secret"]))
    await page.click("button[type=submit]")
    await page.wait_for_url("**/console/*")


@dataclass
class Staff:
    """One browser, and who is signed in where."""

    browser: Browser
    run: Mapping[str, Any]

    async def at(self, town: str, role: str = EVERYTHING, **options: Any) -> BrowserContext:
        """A fresh window of somebody of this town. options: of Playwright's contexts."""
        context = await self.browser.new_context(locale="de-DE", **options)
        page = await context.new_page()
        await sign_in(page, self.run["app"], person_of(self.run, town, role))
        await page.close()
        return context

    async def show(self, page: Page, shown: Shown) -> bool:
        """Goes there. False where nothing is there to follow."""
        await page.goto(f"{self.run['app']}/console/{shown.town}{'/' if shown.path else ''}{shown.path}")
        for step in shown.follow:
            found = page.locator(step)
            if await found.count() == 0:
                return False
            await page.goto(str(await found.first.evaluate(LEADS_TO)))
        for _ in range(COUNTED_WITHIN_S if shown.until else 0):
            if await page.locator(shown.until).count():
                break
            await asyncio.sleep(1)
            await page.reload()
        return True


@asynccontextmanager
async def staff_of(run: Mapping[str, Any]) -> AsyncIterator[Staff]:
    """A browser for as long as the block lasts."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Staff(browser, run)
        await browser.close()


def played(
    system: RunningSystem,
    story: Callable[..., Awaitable[None]],
    *,
    roles: Sequence[str] = (EVERYTHING,),
    **options: Any,
) -> None:
    """Plays a story of Arnsberg's console, with a page of a browser of their own for each of these people."""

    async def play() -> None:
        async with staff_of(system.run) as staff:
            await story(*[await (await staff.at("arnsberg", role, **options)).new_page() for role in roles])

    asyncio.run(play())
