"""The simulated phones in a real Chromium: typed on, pressed, with the keyboard and on a narrow screen."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, async_playwright, expect

from local.whatsapp.config import Config
from local.whatsapp.server import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ERIKA, AHMET = "4915112345678", "4915209876543"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TOWNS = {"bocholt": ("301", "+49 2871 953-0"), "vreden": ("302", "+49 2564 303-0")}


@dataclass
class Table:
    """The phones on the table, and the town's side of the line."""

    client: TestClient
    page: Page

    async def town_sends(self, to: str, kind: str, content: dict[str, Any]) -> None:
        body = {"messaging_product": "whatsapp", "to": f"+{to}", "type": kind, kind: content}
        headers = {"Authorization": "Bearer token"}
        answer = await self.client.post("/v26.0/301/messages", json=body, headers=headers)
        assert answer.status == 200, await answer.text()

    async def chat(self, citizen: str, town: str = "bocholt") -> list[dict[str, Any]]:
        answer = await self.client.get(f"/_sim/citizens/{citizen}/chat?town={town}")
        return list((await answer.json())["messages"])

    @property
    def phone(self) -> Locator:
        return self.page.locator(".phone").first


def at_the_table(story: Callable[[Table], Awaitable[None]], viewport: dict[str, int]) -> None:
    """Play `story` with Erika's phone open at Bocholt, and Ahmet's beside it where there is room."""

    async def play() -> None:
        config = Config(webhook_url="http://127.0.0.1:9/", app_secret="secret", seed=1, read_after_ms=50)
        async with TestClient(TestServer(create_app(config))) as client, async_playwright() as driver:
            for town, (number, display) in TOWNS.items():
                settings = {"town": town, "waba_id": f"10{number}", "token": "token"}
                names = {"display_phone_number": display, "verified_name": f"Stadt {town.title()}"}
                await client.put(f"/_sim/numbers/{number}", json=settings | names)
            for citizen, name in ((AHMET, "Ahmet Yılmaz"), (ERIKA, "Erika Mertens")):
                said = {"town": "bocholt", "text": "Moin", "name": name}
                await client.post(f"/_sim/citizens/{citizen}/messages", json=said)
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = await browser.new_page(viewport=viewport, locale="de-DE")
            problems: list[str] = []
            page.on("pageerror", lambda problem: problems.append(str(problem)))
            await page.goto(str(client.make_url("/")) + f"#{ERIKA}:bocholt,{AHMET}:bocholt")
            await expect(page.locator(".row").first).to_be_visible()
            await story(Table(client, page))
            assert problems == []
            await browser.close()

    asyncio.run(play())


def test_what_is_typed_goes_out_and_the_answer_comes_live():
    async def story(table: Table) -> None:
        await table.phone.get_by_label("Nachricht", exact=True).fill("Wann ist das Bürgerbüro offen?")
        await table.page.keyboard.press("Enter")
        await expect(table.phone.locator(".mine").last).to_contain_text("Bürgerbüro offen?")
        await table.town_sends(ERIKA, "text", {"body": "Samstags von *9 bis 12* Uhr."})
        answer = table.phone.locator(".theirs").last
        await expect(answer.locator("strong")).to_have_text("9 bis 12")
        await expect(table.page.locator(".phone").last.locator(".theirs")).to_have_count(0)

    at_the_table(story, WIDE)


def test_a_button_is_pressed_and_answers_the_message_it_stands_on():
    async def story(table: Table) -> None:
        reply = {"type": "reply", "reply": {"id": "ja", "title": "Ja, gern"}}
        asked = {"type": "button", "body": {"text": "Abonnieren?"}, "action": {"buttons": [reply]}}
        await table.town_sends(ERIKA, "interactive", asked)
        await table.phone.get_by_role("button", name="Ja, gern").click()
        await expect(table.phone.locator(".mine").last).to_contain_text("Ja, gern")
        pressed = (await table.chat(ERIKA))[-1]
        assert (pressed["type"], pressed["quote"]["text"]) == ("interactive", "Abonnieren?")

    at_the_table(story, WIDE)


def test_a_list_is_chosen_from_with_the_keyboard_alone():
    async def story(table: Table) -> None:
        rows = [{"id": "a", "title": "Abfall"}, {"id": "k", "title": "Kultur"}]
        asked = {
            "type": "list",
            "body": {"text": "Welches Thema?"},
            "action": {"button": "Themen", "sections": [{"rows": rows}]},
        }
        await table.town_sends(ERIKA, "interactive", asked)
        await table.phone.get_by_role("button", name="Themen").focus()
        for key in ("Enter", "Space", "ArrowDown", "Tab", "Enter"):
            await table.page.keyboard.press(key)
        await expect(table.phone.locator(".mine").last).to_contain_text("Kultur")

    at_the_table(story, WIDE)


def test_a_photo_and_a_place_are_sent():
    async def story(table: Table) -> None:
        attach = table.phone.get_by_role("button", name="Anhang senden")
        await attach.click()
        await table.phone.get_by_role("button", name="Beispielfoto").click()
        await expect(table.phone.locator(".mine img")).to_be_visible()
        await attach.click()
        await table.phone.get_by_role("button", name="Standort").click()
        await table.phone.get_by_role("button", name="Historisches Rathaus").click()
        await expect(table.phone.locator(".mine .place-name")).to_contain_text("Historisches Rathaus")

    at_the_table(story, NARROW)


def test_a_message_is_forwarded_to_another_town_as_a_chain_message():
    async def story(table: Table) -> None:
        await table.town_sends(ERIKA, "text", {"body": "Heute Stadtfest"})
        await table.phone.locator(".theirs").last.hover()
        await table.phone.get_by_role("button", name="Nachricht weiterleiten").last.click()
        await table.phone.get_by_label("als Kettenbrief").check()
        await table.phone.get_by_role("button", name="Stadt Vreden").click()
        await expect(table.phone.locator(".forwarded")).to_have_text("Häufig weitergeleitet")
        assert (await table.chat(ERIKA, "vreden"))[-1]["forwarded"] == "often"

    at_the_table(story, WIDE)


def test_a_new_person_gets_the_phone_and_may_hide_the_number():
    async def story(table: Table) -> None:
        await table.page.get_by_role("button", name="Neue Person").first.click()
        dialog = table.page.get_by_role("dialog")
        await dialog.get_by_label("Name").fill("Oksana Petrenko")
        await dialog.get_by_label("Nummer verbergen").check()
        await dialog.get_by_role("button", name="Anlegen").click()
        await table.phone.get_by_role("button", name="Stadt Vreden").click()
        await table.phone.get_by_label("Nachricht", exact=True).fill("Добрий день")
        await table.page.keyboard.press("Enter")
        await expect(table.phone.locator(".mine")).to_contain_text("Добрий день")
        people = (await (await table.client.get("/_sim/citizens?q=Oksana")).json())["citizens"]
        assert [person["phone_withheld"] for person in people] == [True]

    at_the_table(story, WIDE)


def test_the_address_names_who_holds_the_phone_however_many_people_there_are():
    async def story(table: Table) -> None:
        for number in range(70):
            said = {"town": "bocholt", "text": "Hallo", "name": f"Mensch {number}"}
            await table.client.post(f"/_sim/citizens/49152{number:08}/messages", json=said)
        await table.page.goto("about:blank")
        await table.page.goto(str(table.client.make_url("/")) + f"#{ERIKA}:bocholt,4915299999999:bocholt")
        await expect(table.phone).to_have_attribute("aria-label", "Telefon von Erika Mertens")
        await expect(table.page.get_by_role("alert").first).to_contain_text("hat niemand")
        await expect(table.page.locator("#people-list")).to_contain_text("und 12 weitere")

    at_the_table(story, WIDE)


def test_older_messages_of_a_long_chat_are_a_press_away():
    async def story(table: Table) -> None:
        for number in range(305):
            said = {"town": "bocholt", "text": f"Nachricht {number}"}
            await table.client.post(f"/_sim/citizens/{ERIKA}/messages", json=said)
        older = table.phone.get_by_role("button", name="Ältere Nachrichten zeigen (6)")
        await table.page.reload()
        await older.click()
        await expect(table.phone.locator(".mine").first).to_contain_text("Moin")
        await expect(table.phone.locator(".row")).to_have_count(306)
        await expect(older).to_have_count(0)

    at_the_table(story, WIDE)


def test_when_the_simulator_is_gone_the_page_says_so():
    async def story(table: Table) -> None:
        await table.page.route("**/_sim/citizens/**", lambda route: route.abort())
        await table.phone.get_by_label("Nachricht", exact=True).fill("Hallo?")
        await table.page.keyboard.press("Enter")
        await expect(table.page.get_by_role("alert").first).to_contain_text("Keine Verbindung")

    at_the_table(story, WIDE)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_phones_are_accessible_and_nothing_runs_out_of_the_screen(viewport: dict[str, int]):
    async def story(table: Table) -> None:
        await table.town_sends(ERIKA, "text", {"body": "Mehr: https://bocholt.example/stadtfest-im-herbst"})
        await expect(table.phone.locator(".link-card")).to_be_visible()
        findings = await Axe().run(table.page)
        assert [finding["id"] for finding in findings.response["violations"]] == []
        await table.phone.get_by_role("button", name="Anhang senden").click()
        findings = await Axe().run(table.page)
        assert [finding["id"] for finding in findings.response["violations"]] == []
        overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await table.page.evaluate(overhang) == 0

    at_the_table(story, viewport)
