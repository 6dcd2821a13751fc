"""Conversations of the console in a real Chromium: what the script renews, and that nothing typed is lost by it."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from stadtdraht.domain.staff.roles import Role
from tests.browser.served import CHROMIUM, Served, walk
from tests.support.console import a_member
from tests.unit.console.talk_desk import TalkDesk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
MARIA = a_member(Role.AGENT, town="arnsberg")
UNTIL_NEXT_POLL = "00:20"


class TalkOffice:
    """Of one town, in which `member` works."""

    def __init__(self):
        self.talk = TalkDesk()
        self.hall = self.talk.hall

    @property
    def who(self):
        return self.talk.who

    def desk(self, member):
        return self.talk.of()


@pytest.fixture
def office():
    found = TalkOffice()
    found.hall.hears("Warum ist das Schwimmbad zu?")
    return found


async def opened(page, address, office):
    await page.clock.install()
    await page.goto(f"{address}/conversations/{office.who}")


def test_what_is_typed_after_an_answer_outlives_a_reload(office):
    async def steps(page, address):
        await opened(page, address, office)
        field = page.get_by_role("textbox", name="Antwort")
        await field.fill("Es wird gebaut.")
        await page.get_by_role("button", name="Senden", exact=True).click()
        await expect(page.locator(".said")).to_have_text("Gesendet.")
        await expect(field).to_have_value("")
        await field.fill("Noch bis Mai.")
        await page.reload()
        await expect(field).to_have_value("Noch bis Mai.")

    walk(Served(office, MARIA), steps)


def test_a_note_that_is_not_filed_yet_outlives_a_reload_and_an_answer(office):
    async def steps(page, address):
        await opened(page, address, office)
        note = page.get_by_role("textbox", name="Notiz")
        await note.fill("Ruft gern an.")
        await page.reload()
        await expect(note).to_have_value("Ruft gern an.")
        await page.get_by_role("textbox", name="Antwort").fill("Es wird gebaut.")
        await page.get_by_role("button", name="Senden", exact=True).click()
        await expect(note).to_have_value("Ruft gern an.")
        await page.get_by_role("button", name="Notiz ablegen").click()
        await expect(page.locator(".said")).to_contain_text("Die Notiz ist abgelegt.")
        await expect(note).to_have_value("")

    walk(Served(office, MARIA), steps)
    assert office.talk.sent[0].startswith("Es wird gebaut.")


def test_the_field_goes_when_the_window_ends_and_the_words_stay_also_under_who_types(office):
    async def steps(page, address):
        await opened(page, address, office)
        field = page.locator("textarea[name=text]")
        await field.fill("Es wird gebau")
        office.hall.at += timedelta(hours=25)
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.locator("#ended")).to_be_focused()
        await expect(field).to_have_count(0)
        await expect(page.locator(".kept")).to_contain_text("Es wird gebau")
        office.hall.hears("Noch da?")
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await page.get_by_role("link", name="Jetzt frei antworten").click()
        await expect(page).to_have_url(f"{address}/conversations/{office.who}#antwort")

    walk(Served(office, MARIA), steps)


def test_without_words_none_are_shown_when_the_window_ends(office):
    async def steps(page, address):
        await opened(page, address, office)
        office.hall.at += timedelta(hours=25)
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.locator("textarea[name=text]")).to_have_count(0)
        await expect(page.locator(".kept")).to_be_hidden()

    walk(Served(office, MARIA), steps)


def test_a_field_in_which_one_types_stays_while_the_thread_is_renewed(office):
    async def steps(page, address):
        await opened(page, address, office)
        field = page.get_by_role("textbox", name="Antwort")
        await field.fill("Es wird")
        office.hall.hears("Und die Sauna?")
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.locator(".talk")).to_contain_text("Und die Sauna?")
        await expect(field).to_be_focused()
        await field.press_sequentially(" gebaut")
        await expect(field).to_have_value("Es wird gebaut")

    walk(Served(office, MARIA), steps)


def test_the_second_page_of_a_list_stays_the_second_when_it_is_renewed(office):
    for number in range(55):
        office.hall.hears(f"Frage {number:02}?", who=f"49151200000{number:02}")

    async def steps(page, address):
        await page.clock.install()
        await page.goto(f"{address}/inbox?tab=all")
        await page.get_by_role("link", name="Weitere anzeigen").click()
        await expect(page.locator(".rows .row")).to_have_count(6)
        office.hall.hears("Gerade eben!", who="4915120000099")
        async with page.expect_response(lambda it: "/inbox/rows" in it.url):
            await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.locator("#standing")).to_be_visible()
        await expect(page.locator(".rows .row")).to_have_count(6)

    walk(Served(office, MARIA), steps)


def test_a_list_that_cannot_be_renewed_stays_and_says_so_until_it_can(office):
    async def steps(page, address):
        await page.clock.install()
        await page.goto(f"{address}/inbox")
        await page.route("**/inbox/rows*", lambda it: it.fulfill(status=503, body="<h1>Das hat nicht geklappt</h1>"))
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.get_by_text("zurzeit keine Verbindung")).to_be_visible()
        await expect(page.locator(".row", has_text="Schwimmbad")).to_be_visible()
        await page.unroute("**/inbox/rows*")
        await page.clock.run_for(UNTIL_NEXT_POLL)
        await expect(page.get_by_text("zurzeit keine Verbindung")).to_be_hidden()

    walk(Served(office, MARIA), steps)
