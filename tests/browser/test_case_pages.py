"""Reports of the console in a real Chromium: what is typed stays until it is sent, and no longer."""

import pytest
from playwright.async_api import expect

from stadtdraht.domain.staff.roles import Role
from tests.browser.served import CHROMIUM, Served, walk
from tests.support.builders.cases import a_case
from tests.support.case_desk import CaseHarness
from tests.support.console import a_member
from tests.unit.console.test_cases_page import NUMBER, desk_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
MARIA = a_member(Role.AGENT)


class CaseOffice(CaseHarness):
    """Of one town, in which `member` works."""

    def desk(self, member):
        desk = desk_of(self)
        desk.member = member
        return desk


def test_words_stand_in_their_field_over_a_reload_and_are_gone_once_they_are_sent():
    office = CaseOffice(a_case())

    async def steps(page, address):
        answer, note = page.locator("#say"), page.locator("#note")
        await page.goto(f"{address}/cases/{NUMBER}")
        await page.get_by_text("Notiz – nur für Mitarbeitende", exact=True).click()
        await note.fill("Anna weiß mehr")
        await answer.fill("Der Bauhof kommt morgen.")
        await page.reload()
        await expect(answer).to_have_value("Der Bauhof kommt morgen.")
        await page.get_by_role("button", name="Speichern und senden").click()
        await expect(page.locator(".said")).to_have_text("Gesendet.")
        await expect(answer).to_have_value("")
        await expect(note).to_have_value("Anna weiß mehr")  # it was not sent with it
        await answer.fill("Und noch etwas")
        await page.reload()
        await expect(answer).to_have_value("Und noch etwas")

    walk(Served(office, MARIA), steps)
    assert [words for _, words in office.texts if "Bauhof kommt" in words] == [office.texts[0][1]]


def test_words_that_were_not_taken_stand_in_their_field_again():
    office = CaseOffice(a_case())

    async def steps(page, address):
        await page.goto(f"{address}/cases/{NUMBER}")
        await page.locator("#say").fill("Wir kommen am Freitag.")
        other = office.desk(a_member(name="Bernd Muster", staff_id="staff-2"))
        other.post("/cases/{number}/note", {"note": "dazwischen", "version": "1", "press": "x"}, number=NUMBER)
        await page.get_by_role("button", name="Speichern und senden").click()
        await expect(page.get_by_role("alert")).to_contain_text("Nichts wurde gespeichert oder gesendet")
        await expect(page.locator("#say")).to_have_value("Wir kommen am Freitag.")
        await page.goto(f"{address}/cases/{NUMBER}")
        await expect(page.locator("#say")).to_have_value("Wir kommen am Freitag.")

    walk(Served(office, MARIA), steps)
    assert not office.texts
